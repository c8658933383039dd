"""What administrators fill in to set up a source."""

import os
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workflow.accounts.models import User
from workflow.intake.models import Source
from workflow.outbound import NotReached, refuse_address

from .addresses import canonical

_READ_ANEW = frozenset({"kind", "address", "full_text", "language_filter", "not_before"})


class SourceForm(forms.ModelForm):
    """A source and what its articles get."""

    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=[(code, name) for code, name in settings.LANGUAGES if code in settings.TARGET_LOCALES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    poll_minutes = forms.IntegerField(
        label=_("Minutes between looks"), min_value=1, max_value=7 * 24 * 60, initial=15
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People named"),
        required=False,
        queryset=User.objects.filter(is_active=True).order_by("username"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Source
        fields = (
            "name",
            "kind",
            "address",
            "active",
            "poll_minutes",
            "full_text",
            "not_before",
            "language_filter",
            "private_hosts",
            "locales",
            "priority",
            "domain",
            "restricted",
            "people",
        )
        help_texts = {"domain": _("Terms of other domains are not asked for.")}
        widgets = {
            "address": forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
            "domain": forms.TextInput(attrs={"dir": "auto", "list": "domains", "autocomplete": "off"}),
            "private_hosts": forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
            "not_before": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        address = (values.get("address") or "").strip()
        values["address"] = address
        if address and values.get("kind") == Source.Kind.FOLDER:
            self._check_folder(Path(address))
        elif address:
            self._check_address(address, values)
        if values.get("restricted") and not values.get("people"):
            self.add_error("people", _("Name at least one person who may see the articles."))
        return values

    def save(self, commit: bool = True) -> Source:
        if _READ_ANEW & set(self.changed_data):
            source = self.instance
            source.etag = source.last_modified = source.cursor = source.last_error = ""
            source.errors, source.next_poll_at = 0, None
        elif "active" in self.changed_data or "poll_minutes" in self.changed_data:
            self.instance.next_poll_at = None
        return super().save(commit)

    def _check_folder(self, folder: Path) -> None:
        if not folder.is_absolute() or not folder.is_dir():
            self.add_error("address", _("Give the full path of a folder that exists on the server."))
        elif not os.access(folder, os.W_OK | os.X_OK):
            self.add_error("address", _("Files must be moved in this folder, and the desk may not do that."))

    def _check_address(self, address: str, values: dict[str, Any]) -> None:
        allowed = Source(private_hosts=values.get("private_hosts") or "").allowed_hosts
        try:
            refuse_address(address, allowed)
        except NotReached as error:
            self.add_error("address", str(error))
            return
        if values.get("kind") == Source.Kind.WORDPRESS and "?" in canonical(address):
            self.add_error("address", _("Give the address of the site, such as https://example.org."))
