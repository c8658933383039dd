"""What editors fill in: how an edition is presented, when, why it is withdrawn; and where editions go."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workflow.outbound import NotReached, refuse_address

from .models import Destination
from .publish import LONGEST_CORRECTION, Presentation


class PresentationForm(forms.Form):
    """What may be said about an edition beside its text; it begins with what the last edition says."""

    slug = forms.CharField(
        label=_("Address"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    social_title = forms.CharField(
        label=_("Title for sharing"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    correction = forms.CharField(
        label=_("Correction notice"),
        max_length=LONGEST_CORRECTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_(
            "What was wrong, and what is right. Shown above the text in this and later editions, until emptied."
        ),
    )
    due_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        help_text=_("In the time zone of the newsroom."),
    )
    # The approval the editor saw; the text may have been approved anew since.
    approval = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def presentation(self) -> Presentation:
        """The cleaned fields as `publish` takes them; one that was not sent keeps what was."""
        sent = ("slug", "summary", "social_title", "correction")
        return Presentation(**{name: self.cleaned_data[name] for name in sent if name in self.data})


class WithdrawalForm(forms.Form):
    """Why an edition is taken off the site."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("Kept with the edition; readers do not see it.")
    )


class DestinationForm(forms.ModelForm):
    """A place that gets every edition."""

    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    url = forms.URLField(
        label=_("Address of the site"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("For example https://example.org"),
    )
    new_password = forms.CharField(
        label=_("Application password"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Made in WordPress under Users → Profile. Leave empty to keep the present one."),
    )

    class Meta:
        model = Destination
        fields = ("name", "kind", "active", "locales", "url", "username", "plugin", "status", "folder")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == Destination.Kind.WORDPRESS:
            self._check_site(values)
        elif values.get("kind") == Destination.Kind.FOLDER:
            folder = Path(values.get("folder") or "")
            if not folder.is_absolute() or not folder.is_dir():
                self.add_error("folder", _("Give the full path of a folder that exists on the server."))
        return values

    def _check_site(self, values: dict[str, Any]) -> None:
        address = urlsplit(values.get("url") or "")
        if address.scheme not in ("http", "https") or not address.hostname or address.username:
            self.add_error("url", _("Give the address of the site, such as https://example.org."))
        elif address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            self.add_error("url", _("A password is sent there: the address must begin with https."))
        else:
            try:
                refuse_address(values["url"])
            except NotReached as error:
                self.add_error("url", str(error))
        if not values.get("username"):
            self.add_error("username", _("Give the user name the password belongs to."))

    def save(self, commit: bool = True) -> Destination:
        if self.cleaned_data["new_password"]:
            self.instance.password = self.cleaned_data["new_password"]
        return super().save(commit)
