"""People, what they may do, and the languages they translate into."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of the newsroom. One person may hold several roles."""

    is_translator = models.BooleanField(_("translator"), default=False)
    is_editor = models.BooleanField(_("editor"), default=False)
    is_terminologist = models.BooleanField(_("terminologist"), default=False)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    interface_language = models.CharField(_("interface language"), max_length=8, default="en")
    absent_from = models.DateField(_("absent from"), null=True, blank=True)
    absent_until = models.DateField(_("absent until"), null=True, blank=True)
    daily_digest = models.BooleanField(_("one mail a day instead of single notices"), default=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def locales(self) -> list[str]:
        """The target locales this person translates into (BCP 47), e.g. ["ar"]."""
        return [working.locale for working in self.working_locales.all()]

    def works_in(self, locale: str) -> bool:
        """Whether this person translates into `locale`."""
        return self.is_active and self.is_translator and locale in self.locales

    @property
    def unread_notices(self) -> int:
        """How many notices the person has not looked at yet."""
        return self.notices.filter(read_at__isnull=True).count()

    @property
    def role_names(self) -> list[str]:
        """The person's roles as the interface names them."""
        roles = {
            _("translator"): self.is_translator,
            _("editor"): self.is_editor,
            _("terminologist"): self.is_terminologist,
            _("administrator"): self.is_administrator,
        }
        return [str(name) for name, held in roles.items() if held]


class WorkingLocale(models.Model):
    """One target locale of one translator."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="working_locales")
    locale = models.CharField(max_length=8)
    domains = models.JSONField(default=list, help_text="Glossary domains this person prefers; empty for any.")

    class Meta:
        constraints = [models.UniqueConstraint("user", "locale", name="one_row_per_user_and_locale")]

    def __str__(self) -> str:
        return f"{self.user}: {self.locale}"


class Notice(models.Model):
    """Something a person should know; read on the desk and mailed by the digest."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=400)
    address = models.CharField(max_length=400, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.text
