"""Translations, their units and history, the drafting queue, and the translation memory."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.articles.models import Article, Revision, Segment
from workflow.checks.findings import named
from workflow.messages import in_words


class State(models.TextChoices):
    QUEUED = "queued", _("queued")
    DRAFTING = "drafting", _("drafting")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    FAILED = "failed", _("failed")


# A claim nobody works on goes back to the pile after half a working day.
CLAIM = timedelta(hours=4)


class Translation(models.Model):
    """An article in one target locale. Its state moves only through transitions.py."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    locale = models.CharField(max_length=8)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="translations")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED, db_index=True)
    failure = models.TextField(blank=True)
    # A claim is a lease (claim_expires set); an editor's assignment does not expire.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    # Why the assignee has it: a person's own words, or the desk's rule as a kept message.
    assignment_reason = models.CharField(max_length=300, blank=True)
    assignment_rule = models.JSONField(null=True, blank=True)
    claim_expires = models.DateTimeField(null=True, blank=True)
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_edited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    state_since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "locale"]
        constraints = [models.UniqueConstraint("article", "locale", name="one_translation_per_locale")]

    def __str__(self) -> str:
        return f"{self.article} [{self.locale}]"

    def current_units(self) -> "models.QuerySet[TranslationUnit]":
        """The units of the source revision this translation follows, in reading order."""
        return self.units.filter(segment__revision_id=self.revision_id).select_related("segment")

    @property
    def why_assigned(self) -> str:
        """Why the assignee has it; a rule of the desk is said in the interface language."""
        return in_words(self.assignment_rule) if self.assignment_rule else self.assignment_reason

    @property
    def follows_current_source(self) -> bool:
        return self.revision_id == self.article.current_id


class UnitState(models.TextChoices):
    EMPTY = "empty", _("empty")
    DRAFT = "draft", _("draft")
    EDITED = "edited", _("edited")
    CONFIRMED = "confirmed", _("confirmed")


class Origin(models.TextChoices):
    """Where the present target text came from."""

    NONE = "", _("nowhere")
    MACHINE = "machine", _("machine translation")
    MEMORY = "memory", _("translation memory")
    PERSON = "person", _("a person")
    CARRIED = "carried", _("the previous revision")


class TranslationUnit(models.Model):
    """One segment in one locale. `version` is the token a save must present."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="units")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="units")
    state = models.CharField(max_length=10, choices=UnitState.choices, default=UnitState.EMPTY)
    target = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.NONE, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Machine output, kept whatever people make of it (ISO 18587: source, MT output and final target).
    draft = models.TextField(blank=True)
    draft_model = models.CharField(max_length=100, blank=True)
    draft_score = models.FloatField(null=True, blank=True)
    draft_notes = models.JSONField(default=list)
    empty_reason = models.CharField(max_length=300, blank=True)
    previous = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The unit of the revision before that this one goes on from.",
    )
    # The source this target was made for, when the source has changed since.
    previous_source = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    overrides = models.JSONField(default=list, help_text="Findings a person accepted, with the reason.")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0, help_text="Time people spent in the unit.")

    class Meta:
        ordering = ["segment__position"]
        constraints = [
            models.UniqueConstraint("translation", "segment", name="one_unit_per_segment"),
            models.CheckConstraint(
                condition=~models.Q(state=UnitState.CONFIRMED) | ~models.Q(target=""),
                name="a_confirmed_unit_has_a_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_id}/{self.segment_id} {self.state}"

    @property
    def untouched(self) -> bool:
        """Whether the target is exactly what the machine wrote."""
        return bool(self.draft) and self.target == self.draft

    def acceptance(self, finding: dict[str, Any], target: str | None = None) -> dict[str, Any] | None:
        """How a person accepted this very finding, if one did: who, when, why.

        It holds for the source and the text it was given for (`target`: another text than the present one);
        when the text comes back, so does the acceptance.
        """
        wanted = (named(finding), self.segment.text_hash, self.target if target is None else target)
        for override in self.overrides:
            if (named(override), override["source"], override["target"]) == wanted:
                return override
        return None

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The findings that block confirmation: errors nobody has accepted with a reason."""
        return [
            finding
            for finding in self.findings
            if finding["severity"] == "error" and not self.acceptance(finding)
        ]


class UnitVersion(models.Model):
    """One state a unit's target was in: who wrote it, when, from where. Never changed."""

    unit = models.ForeignKey(TranslationUnit, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    target = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=UnitState.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["unit", "-number"]
        constraints = [models.UniqueConstraint("unit", "number", name="one_row_per_unit_version")]

    def __str__(self) -> str:
        return f"{self.unit_id} v{self.number}"


class ItemState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    LEASED = "leased", _("being drafted")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class DraftItem(models.Model):
    """One segment to draft: the row a worker leases, and the only record that it is to be done.

    The unit stands for (segment, source revision, locale); with the model's digest and the options it
    is the unique key, so the same draft is never made twice.
    """

    unit = models.ForeignKey(TranslationUnit, on_delete=models.CASCADE, related_name="items")
    model = models.CharField(max_length=100)
    options = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_expires = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    alternatives = models.JSONField(
        default=list, help_text="What was found, when alternatives were asked for."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("unit", "model", "options", name="one_draft_per_key")]
        indexes = [models.Index(fields=["state", "lease_expires"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"


class Transition(models.Model):
    """One move of a translation, or of the edition in an article's own language: who, when, why. Never changed."""

    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, null=True, blank=True, related_name="transitions"
    )
    source = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Instead of a translation: the article whose own edition moved.",
    )
    name = models.CharField(max_length=30)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["translation", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(translation__isnull=False) ^ models.Q(source__isnull=False),
                name="a_transition_of_a_translation_or_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} [{self.locale}]: {self.before} → {self.after}"

    @property
    def article(self) -> Article:
        """The article that moved, itself or in a translation."""
        moved = self.translation.article if self.translation else self.source
        assert moved is not None  # the constraint above
        return moved

    @property
    def locale(self) -> str:
        """The language that moved."""
        return self.translation.locale if self.translation else self.article.source_locale

    @property
    def before_label(self) -> str:
        return str(State(self.before).label)

    @property
    def after_label(self) -> str:
        return str(State(self.after).label)


class MemoryEntry(models.Model):
    """A confirmed unit in the translation memory, with the article and the day it came from."""

    locale = models.CharField(max_length=8)
    source_hash = models.CharField(max_length=64)
    source = models.TextField()
    target = models.TextField()
    unit = models.OneToOneField(
        TranslationUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="memory"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-confirmed_at", "-id"]
        indexes = [models.Index(fields=["locale", "source_hash"])]

    def __str__(self) -> str:
        return self.source[:60]


class Engine(models.Model):
    """Which engine and model drafts a locale; an administrator changes it without code."""

    locale = models.CharField(max_length=8, unique=True)
    model = models.CharField(max_length=200, help_text="Folder under MODELS_DIR, or the service's address.")
    beam = models.PositiveIntegerField(default=4)
    hypotheses = models.PositiveIntegerField(default=4)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.locale}: {self.model}"
