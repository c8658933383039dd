"""Forms of the termbase: a concept with its terms, a proposal, a file to import."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .models import Concept, Glossary, Status, Term

# In the Arabic interface as in the English one, a term runs as its own language does.
WRITTEN_EITHER_WAY = forms.TextInput(attrs={"dir": "auto"})


class ConceptForm(forms.ModelForm):
    """What a concept is; its terms come beside it, one form each."""

    class Meta:
        model = Concept
        fields = ("identifier", "glossary", "domain", "definition", "note", "link")
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }


class TermForm(forms.ModelForm):
    """One term: its text, how it stands, how strictly it is matched, the forms a terminologist lists."""

    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    # Named last: from here on `forms` is the field, not the module.
    forms = forms.CharField(
        label=_("Inflected forms"),
        required=False,
        help_text=_("Separated by |, e.g. irregular plurals the matcher does not know."),
        widget=WRITTEN_EITHER_WAY,
    )

    class Meta:
        model = Term
        fields = ("locale", "text", "status", "mode", "part_of_speech", "case_sensitive", "forms")
        widgets = {"text": WRITTEN_EITHER_WAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["forms"] = " | ".join(self.instance.forms)

    def clean_forms(self) -> list[str]:
        return [form.strip() for form in self.cleaned_data["forms"].split("|") if form.strip()]

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


TermFormSet = forms.inlineformset_factory(Concept, Term, form=TermForm, extra=2, can_delete=True)


class ProposalForm(forms.Form):
    """A term somebody on the desk misses: the English and what it should be."""

    english = forms.CharField(label=_("English term"), max_length=300)
    locale = forms.ChoiceField(
        label=_("Language"), choices=[(c, n) for c, n in settings.LANGUAGES if c in settings.TARGET_LOCALES]
    )
    text = forms.CharField(label=_("Term"), max_length=300)
    source = forms.CharField(label=_("Where it comes from"), max_length=300, required=False)


class ImportForm(forms.Form):
    """A glossary file. A dry run shows what would happen; rows with errors are never taken in."""

    file = forms.FileField(label=_("File (CSV, TBX or XLSX)"))
    glossary = forms.CharField(label=_("Into the glossary"), max_length=80)
    dry_run = forms.BooleanField(label=_("Only show what would happen"), required=False, initial=True)
    all_or_nothing = forms.BooleanField(label=_("Nothing at all when a row has an error"), required=False)


class SearchForm(forms.Form):
    """Searching the termbase."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    glossary = forms.ModelChoiceField(
        label=_("Glossary"), queryset=Glossary.objects.all(), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("any")), *Status.choices])
