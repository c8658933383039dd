"""Approvals, and the conversation about a translation."""

from typing import Any

from django.conf import settings
from django.db import models

from workflow.articles.models import ImmutableError, Revision
from workflow.drafting.models import Translation, TranslationUnit


class Approval(models.Model):
    """One approved version of a translation: the text as it was, bound to its source revision.

    Never changed. It is what an edition points at, and what a reader's page can be traced back to.
    """

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="approvals")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    html = models.TextField(help_text="The approved text, rendered into the source's blocks.")
    targets = models.JSONField(
        help_text="Segment key → target, with who confirmed it and where it came from."
    )
    untouched_share = models.FloatField(help_text="Share of units that are exactly the machine's output.")
    models_used = models.JSONField(default=list)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    override_reason = models.CharField(
        max_length=500, blank=True, help_text="Why one pair of eyes had to do."
    )
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["translation", "number"]
        constraints = [
            models.UniqueConstraint("translation", "number", name="one_approval_per_number"),
            # Four eyes in the database too: the same person only with a reason on record.
            models.CheckConstraint(
                condition=models.Q(last_editor__isnull=True)
                | ~models.Q(approver=models.F("last_editor"))
                | ~models.Q(override_reason=""),
                name="four_eyes_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation} approved v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ImmutableError("An approval is never changed; approve again.")
        super().save(*args, **kwargs)


class Comment(models.Model):
    """A remark on a translation or one of its units; a reader's report is one too."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="comments")
    unit = models.ForeignKey(
        TranslationUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    from_reader = models.BooleanField(default=False)
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
