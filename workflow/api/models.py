"""Tokens with scopes, and the answers kept for idempotency keys."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.accounts.models import User
from workflow.sealing import SealedField

PREFIX = "desk_"


class Scope(models.TextChoices):
    """What a token may do, within what its person may do."""

    READ = "read", _("read articles, translations and glossaries")
    SUBMIT = "submit", _("submit articles and revisions")
    REVIEW = "review", _("save, confirm and approve translations")
    PUBLISH = "publish", _("publish and withdraw editions")
    TERMS = "terms", _("change the termbase")
    WEBHOOKS = "webhooks", _("manage webhooks")


class Token(models.Model):
    """An API token of one person. Only its SHA-256 is kept; the token itself is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"

    @property
    def valid(self) -> bool:
        """Whether it opens anything now."""
        return (
            self.revoked_at is None
            and self.user.is_active
            and (self.expires_at is None or self.expires_at > timezone.now())
        )

    @property
    def standing(self) -> str:
        """In a word, whether it opens anything, and if not, why."""
        if self.revoked_at is not None:
            return str(_("revoked"))
        if not self.user.is_active:
            return str(_("account closed"))
        return str(_("in use") if self.valid else _("expired"))


class Answer(models.Model):
    """The answer given to a request with an Idempotency-Key, to be given again to its repetitions."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveIntegerField(null=True, help_text="Empty while the first request is under way.")
    # The answer to a registration holds the secret of the webhook.
    body = SealedField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("token", "key", name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"


def issue(user: User, name: str, scopes: list[str], *, days: int | None = None) -> tuple[Token, str]:
    """Makes a token; returns its row and the secret, which cannot be read again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name[:80],
        digest=digest_of(secret),
        scopes=sorted(set(scopes) & set(Scope.values)),
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    return token, secret


def digest_of(secret: str) -> str:
    """How a token's secret is kept: long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Webhook(models.Model):
    """An address that is told when translations and editions change state."""

    url = models.URLField(max_length=800)
    secret = SealedField()
    events = models.JSONField(default=list, help_text="States to tell of, e.g. in_review; empty for all.")
    active = models.BooleanField(default=True)
    since = models.BigIntegerField(
        default=0, help_text="Up to this transition all is planned that is to be told; it moves on."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One transition to be told to one webhook: planned once, tried until it is taken or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    transition = models.ForeignKey("drafting.Transition", on_delete=models.CASCADE, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint("webhook", "transition", name="one_delivery_per_transition")]

    def __str__(self) -> str:
        return f"{self.webhook_id} ← {self.transition_id}"
