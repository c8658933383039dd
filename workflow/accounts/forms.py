"""Forms about people: what each may set for oneself, and what an administrator sets for all."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .models import User, WorkingLocale

TARGET_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code in settings.TARGET_LOCALES]


class ProfileForm(forms.ModelForm):
    """What a person sets for oneself: name, interface language, absence, mail."""

    interface_language = forms.ChoiceField(label=_("Interface language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = (
            "first_name",
            "last_name",
            "email",
            "interface_language",
            "absent_from",
            "absent_until",
            "daily_digest",
        )
        widgets = {
            "absent_from": forms.DateInput(attrs={"type": "date"}),
            "absent_until": forms.DateInput(attrs={"type": "date"}),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("absent_from"), values.get("absent_until")
        if first and last and last < first:
            self.add_error("absent_until", _("This is before the absence begins."))
        return values


class PersonForm(forms.ModelForm):
    """What an administrator sets for anybody: name, roles, locales with domains, whether the account is open."""

    locales = forms.MultipleChoiceField(
        label=_("Translates into"),
        required=False,
        choices=TARGET_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave empty to keep the present one."),
    )

    class Meta:
        model = User
        fields = (
            "username",
            "first_name",
            "last_name",
            "email",
            "is_translator",
            "is_editor",
            "is_terminologist",
            "is_administrator",
            "is_active",
        )
        help_texts = {"username": "", "is_active": _("Untick to close the account; nothing is deleted.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = {}
        if self.instance.pk:
            domains = {row.locale: row.domains for row in self.instance.working_locales.all()}
            self.fields["locales"].initial = list(domains)
        else:
            self.fields["new_password"].required = True
        for locale, language in TARGET_LANGUAGES:
            self.fields[f"domains_{locale}"] = forms.CharField(
                label=_("Domains: %(language)s") % {"language": language},
                required=False,
                max_length=400,
                initial=", ".join(domains.get(locale, [])),
                help_text=_("As on the articles, with commas between; these come here first. Empty for any."),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
        # Beside the languages they belong to.
        self.order_fields([*self.Meta.fields, "locales", *(n for n in self.fields if n[:8] == "domains_")])

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> User:
        person = super().save(commit=False)
        if self.cleaned_data["new_password"]:
            person.set_password(self.cleaned_data["new_password"])
        person.save()
        chosen = self.cleaned_data["locales"]
        person.working_locales.exclude(locale__in=chosen).delete()
        for locale in chosen:
            WorkingLocale.objects.update_or_create(
                user=person,
                locale=locale,
                defaults={"domains": _listed(self.cleaned_data[f"domains_{locale}"])},
            )
        return person


def _listed(domains: str) -> list[str]:
    """The domains of a list with commas between (Latin or Arabic), each once."""
    found = (" ".join(domain.split()) for domain in re.split("[,،;؛]", domains))
    return list(dict.fromkeys(domain for domain in found if domain))
