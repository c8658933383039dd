"""Editions: what readers see. One row per published version; at most one is live per article and locale."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.articles.models import Article, Revision
from workflow.review.models import Approval


class Edition(models.Model):
    """An immutable published snapshot of an article in one locale.

    A translated edition can only point at an approval: the database refuses one without.
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
    correction = models.TextField(blank=True)
    live = models.BooleanField(default=True)
    published_at = models.DateTimeField(db_index=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

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

    def __str__(self) -> str:
        return f"{self.title} [{self.locale}]"

    @property
    def outdated(self) -> bool:
        """Whether the source has changed since the text that this edition shows."""
        return self.article.current_id != self.revision_id
