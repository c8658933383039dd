"""Articles as they came in: the article, its immutable source revisions, their segments and pictures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Priority(models.IntegerChoices):
    URGENT = 0, _("urgent")
    HIGH = 1, _("high")
    NORMAL = 2, _("normal")
    LOW = 3, _("low")


class ImmutableError(Exception):
    """Somebody tried to change what may never change."""


class Article(models.Model):
    """One English article, whatever becomes of its text over time."""

    source_locale = models.CharField(max_length=8, default="en")
    title = models.CharField(max_length=500)
    priority = models.IntegerField(choices=Priority.choices, default=Priority.NORMAL)
    deadline = models.DateTimeField(null=True, blank=True)
    domain = models.CharField(max_length=60, blank=True)
    restricted = models.BooleanField(default=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    canonical_url = models.URLField(max_length=800, blank=True, db_index=True)
    origin = models.CharField(max_length=200, blank=True, help_text="Where it came from: file, feed, form.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    current = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def names(self, user: Any) -> bool:
        """Whether the person is named on this (restricted) article."""
        return self.submitted_by_id == user.pk or self.people.filter(pk=user.pk).exists()


class Revision(models.Model):
    """One version of the source text. Written once, never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=300, blank=True)
    dateline = models.CharField(max_length=300, blank=True)
    html = models.TextField(help_text="Canonical sanitised blocks.")
    skeleton = models.TextField(help_text="The blocks with a place for each segment.")
    content_hash = models.CharField(max_length=64, db_index=True)
    minor = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint("article", "number", name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ImmutableError(_("A source revision is never changed; make a new one."))
        super().save(*args, **kwargs)


class Segment(models.Model):
    """One block of a revision: the unit of drafting and review."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField(help_text="With inline codes in text form: <1>…</1>.")
    codes = models.JSONField(default=list, help_text="What each inline code stands for in HTML.")
    text_hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint("revision", "key", name="one_segment_per_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ImmutableError(_("A source segment is never changed; make a new revision."))
        super().save(*args, **kwargs)


class PictureFile(models.Model):
    """The bytes of a picture, kept once however many articles show it: a file named by its content.

    The file is there before the row is, and neither ever changes.
    """

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the bytes.")
    extension = models.CharField(max_length=4)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="In bytes.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.extension}"

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name

    @property
    def address(self) -> str:
        """Where our own site serves it."""
        return f"/media/{self.name}"


class Picture(models.Model):
    """One picture of an article, by the address its text has for it, and whether we have it."""

    class State(models.TextChoices):
        WANTED = "wanted", _("on its way")
        KEPT = "kept", _("kept")
        MISSING = "missing", _("missing")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    address = models.TextField(help_text="As in the text: of the web, or picture:… for one that came in it.")
    address_digest = models.CharField(max_length=64)
    host = models.CharField(max_length=260, blank=True, help_text="Whom to ask for it.")
    file = models.ForeignKey(PictureFile, on_delete=models.PROTECT, null=True, related_name="pictures")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WANTED)
    error = models.CharField(max_length=500, blank=True, help_text="Why it is not here.")
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Not to be asked for before.")
    lease_expires = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("article", "address_digest", name="one_picture_per_address"),
            models.CheckConstraint(
                condition=models.Q(state="kept", file__isnull=False)
                | (~models.Q(state="kept") & models.Q(file__isnull=True)),
                name="a_kept_picture_has_its_file",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="pictures_in_line")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.address[:80]}"
