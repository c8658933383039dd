"""What readers see and say, and where editions are sent: editions, schedules, feedback, destinations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.articles.models import Article, Revision
from workflow.review.models import Approval, Comment
from workflow.sealing import SealedField


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by what readers may see of them."""

    def live(self) -> "EditionQuerySet":
        return self.filter(live=True)

    def light(self) -> "EditionQuerySet":
        """Without the long texts, for lists."""
        return self.defer("html", "search_text")


class Edition(models.Model):
    """An immutable published snapshot of an article in one locale.

    A translated edition can only point at an approval: the database refuses one without. At most one is
    live per article and locale, and per locale and slug.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    locale = models.CharField(max_length=8)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    number = models.PositiveIntegerField()
    slug = models.CharField(max_length=200, db_index=True, help_text="Keeps Arabic letters.")
    title = models.CharField(max_length=500)
    summary = models.CharField(max_length=500, blank=True)
    social_title = models.CharField(max_length=200, blank=True)
    html = models.TextField()
    lead = models.CharField(max_length=300, blank=True, help_text="The beginning, where there is no summary.")
    search_text = models.TextField(blank=True, editable=False, help_text="Folded for searching.")
    correction = models.TextField(blank=True)
    corrected_at = models.DateTimeField(
        null=True, blank=True, help_text="When the correction was first shown."
    )
    feed_id = models.CharField(
        max_length=2000,
        blank=True,
        help_text="Of the entry in feeds: the same for every edition of the text.",
    )
    live = models.BooleanField(default=True)
    published_at = models.DateTimeField(db_index=True, help_text="When readers first saw the article.")
    issued_at = models.DateTimeField(
        default=timezone.now, help_text="When this edition replaced the one before."
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint("article", "locale", "number", name="one_edition_per_number"),
            models.UniqueConstraint(
                fields=["article", "locale"], condition=Q(live=True), name="one_live_edition_per_locale"
            ),
            models.UniqueConstraint(
                fields=["locale", "slug"], condition=Q(live=True), name="one_live_edition_per_slug"
            ),
            models.CheckConstraint(
                condition=Q(locale="en", approval__isnull=True)
                | (~Q(locale="en") & Q(approval__isnull=False)),
                name="a_translated_edition_is_approved",
            ),
        ]
        indexes = [models.Index(fields=["locale", "live", "-published_at"], name="live_by_locale")]

    def __str__(self) -> str:
        return f"{self.title} [{self.locale}]"

    @property
    def outdated(self) -> bool:
        """Whether the source has changed since the text that this edition shows."""
        return self.article.current_id != self.revision_id


class ScheduledPublication(models.Model):
    """One locale of an article to be published at a set time. The row is the whole truth about it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("published")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="schedule")
    locale = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    # As in publish.Presentation: null keeps what the edition before says, "" takes it away.
    slug = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=500, blank=True, null=True)
    social_title = models.CharField(max_length=200, blank=True, null=True)
    correction = models.TextField(blank=True, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    outcome = models.CharField(max_length=500, blank=True, help_text="Why it was refused.")
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "locale"], condition=Q(state="waiting"), name="one_schedule_per_locale"
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.article} [{self.locale}] {self.due_at:%Y-%m-%d %H:%M}"


class Satisfaction(models.IntegerChoices):
    """The five steps a reader may choose from."""

    EXTREMELY_DISSATISFIED = 1, _("Extremely dissatisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    NEUTRAL = 3, _("Neither satisfied nor dissatisfied")
    SATISFIED = 4, _("Satisfied")
    EXTREMELY_SATISFIED = 5, _("Extremely satisfied")


class Feedback(models.Model):
    """What one reader said of one edition. Nothing in the row says who the reader was."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="feedback")
    satisfaction = models.PositiveSmallIntegerField(choices=Satisfaction.choices, null=True, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    passage = models.TextField(max_length=1000, blank=True, help_text="The text the reader reported.")
    visitor = models.CharField(
        max_length=32, blank=True, help_text="Keyed hash whose key is forgotten every day."
    )
    # The same report as the desk sees it; none for the source language, which has no translation.
    report = models.OneToOneField(
        Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="satisfaction_has_five_steps",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.satisfaction or '–'} {self.comment[:40]}"


class Destination(models.Model):
    """Another place that gets every edition: a WordPress site, or a folder of Markdown files."""

    class Kind(models.TextChoices):
        WORDPRESS = "wordpress", _("WordPress")
        FOLDER = "folder", _("Markdown folder")

    class Plugin(models.TextChoices):
        NONE = "", _("none")
        POLYLANG = "polylang", "Polylang Pro"
        WPML = "wpml", "WPML"

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    active = models.BooleanField(_("active"), default=True)
    locales = models.JSONField(_("languages"), default=list, help_text=_("Empty for all."))
    # WordPress
    url = models.URLField(
        _("address of the site"), max_length=400, blank=True, help_text=_("For example https://example.org")
    )
    username = models.CharField(_("user name"), max_length=100, blank=True)
    password = SealedField(_("application password"), blank=True)
    plugin = models.CharField(_("language plugin"), max_length=10, choices=Plugin.choices, blank=True)
    status = models.CharField(
        _("status of new posts"),
        max_length=10,
        default="publish",
        choices=[("publish", _("published")), ("draft", _("draft"))],
    )
    # Folder
    folder = models.CharField(_("folder"), max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def takes(self, locale: str) -> bool:
        """Whether editions in `locale` go there."""
        return self.active and (not self.locales or locale in self.locales)


class RemoteCopy(models.Model):
    """What a destination calls its copy of an article in one locale; makes sending again an update."""

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="copies")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    locale = models.CharField(max_length=8)
    remote_id = models.CharField(max_length=400)
    address = models.CharField(max_length=800, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("destination", "article", "locale", name="one_copy_per_destination")
        ]

    def __str__(self) -> str:
        return f"{self.destination_id}: {self.article_id} [{self.locale}] = {self.remote_id}"


class Delivery(models.Model):
    """One change of an edition to be told to one destination, with every attempt counted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        DONE = "done", _("delivered")
        SUPERSEDED = "superseded", _("overtaken by a later one")
        FAILED = "failed", _("given up")

    class What(models.TextChoices):
        PUBLISH = "publish", _("publish")
        WITHDRAW = "withdraw", _("withdraw")

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="deliveries")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    what = models.CharField(max_length=10, choices=What.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_expires = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.edition} → {self.destination}: {self.state}"
