"""Where articles come from by themselves: the sources, what was seen in them, and how each poll went."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.articles.models import Article, Priority


class Source(models.Model):
    """A feed, a WordPress site or a folder that is looked at now and then, and what its articles get."""

    class Kind(models.TextChoices):
        FEED = "rss", _("RSS or Atom feed")
        WORDPRESS = "wordpress", _("WordPress site")
        FOLDER = "folder", _("watched folder")

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    address = models.CharField(
        _("address"),
        max_length=800,
        help_text=_("Of the feed or of the site; for a folder, its full path on the server."),
    )
    active = models.BooleanField(_("active"), default=True)
    poll_minutes = models.PositiveIntegerField(_("minutes between looks"), default=15)
    full_text = models.BooleanField(
        _("take the full text from the page where a feed has only a summary"), default=True
    )
    not_before = models.DateField(
        _("nothing published before"), null=True, blank=True, help_text=_("Empty takes everything there is.")
    )
    language_filter = models.CharField(
        _("language of the posts"),
        max_length=10,
        blank=True,
        help_text=_("For a WordPress site in several languages: the code of English there, such as en."),
    )
    private_hosts = models.CharField(
        _("internal hosts allowed"),
        max_length=400,
        blank=True,
        help_text=_("Names or addresses inside your own network that may be asked, separated by spaces."),
    )
    # What its articles get
    locales = models.JSONField(_("languages"), default=list, help_text=_("Empty for all."))
    priority = models.IntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    domain = models.CharField(_("domain"), max_length=60, blank=True)
    restricted = models.BooleanField(_("restricted to the people named"), default=False)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people named")
    )
    # How far the last poll came
    etag = models.CharField(max_length=400, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    cursor = models.CharField(max_length=40, blank=True, help_text="Latest change seen, ISO 8601 in UTC.")
    # When it is looked at
    asked = models.BooleanField(default=False, help_text="Somebody asked for a poll now.")
    next_poll_at = models.DateTimeField(null=True, blank=True, db_index=True)
    lease_expires = models.DateTimeField(null=True, blank=True)
    errors = models.PositiveIntegerField(default=0, help_text="Polls that failed since the last good one.")
    last_error = models.CharField(max_length=500, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def names(self, user: Any) -> bool:
        """Whether the person is named on this (restricted) source."""
        return self.people.filter(pk=user.pk).exists()

    @property
    def target_locales(self) -> list[str]:
        """What its articles are translated into."""
        return list(self.locales or settings.TARGET_LOCALES)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Host names and addresses of the own network that an administrator allowed for this source."""
        return frozenset(self.private_hosts.replace(",", " ").lower().split())

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=max(self.poll_minutes, 1))


class Item(models.Model):
    """One entry, post or file of a source: planned when seen, taken in by its id, remembered ever after."""

    class State(models.TextChoices):
        ARRIVING = "arriving", _("being written")
        PLANNED = "planned", _("waiting")
        HELD = "held", _("needs confirmation")
        TAKEN = "taken", _("taken in")
        DUPLICATE = "duplicate", _("already here")
        FAILED = "failed", _("failed")
        DISMISSED = "dismissed", _("dismissed")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items")
    external_id = models.CharField(max_length=200)
    canonical_url = models.CharField(max_length=800, blank=True)
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of what the source said.")
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=800, blank=True)
    html = models.TextField(blank=True, help_text="The text as it came; emptied when it is taken in.")
    host = models.CharField(max_length=260, blank=True, help_text="Whom to ask for the full text, if anyone.")
    priority = models.IntegerField(default=Priority.NORMAL)
    # When it came in, less a microsecond for each second it was old then: sorts what came at once by age.
    arrived_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    error = models.CharField(max_length=500, blank=True)
    told = models.BooleanField(default=False, help_text="Editors know that it is held.")
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Not to be tried before.")
    lease_expires = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    original = models.BooleanField(
        default=False, help_text="The article came from here, so what changes here becomes its revision."
    )

    class Meta:
        ordering = ["-arrived_at", "-id"]
        constraints = [models.UniqueConstraint("source", "external_id", name="one_item_per_external_id")]
        indexes = [
            models.Index(fields=["state", "priority", "-arrived_at"], name="items_in_line"),
            models.Index(fields=["source", "-arrived_at"], name="items_of_a_source"),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id


class Fingerprint(models.Model):
    """What tells an article from all others, each at most once: its canonical address, or its words."""

    digest = models.CharField(max_length=64, primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return self.digest


class Poll(models.Model):
    """One look at a source, for the log."""

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        DONE = "done", _("read")
        UNCHANGED = "unchanged", _("unchanged")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="polls")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    trial = models.BooleanField(default=False, help_text="Of an inactive source: nothing was taken in.")
    found = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.started_at:%Y-%m-%d %H:%M}"


class Host(models.Model):
    """A server we ask: one request at a time, not too soon after the last, and what its robots.txt says."""

    name = models.CharField(max_length=260, primary_key=True, help_text="With the port, if it is special.")
    free_at = models.DateTimeField(help_text="Not to be asked before: the pause, its Retry-After, a request.")
    holder = models.CharField(max_length=40, blank=True)
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
