"""The termbase (ISO 30042): concepts, their terms in each locale, proposals, and its version."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.messages import in_words


class Status(models.TextChoices):
    PREFERRED = "preferred", _("preferred")
    ADMITTED = "admitted", _("admitted")
    FORBIDDEN = "forbidden", _("forbidden")
    PROPOSED = "proposed", _("proposed")


class Mode(models.TextChoices):
    INFLECTING = "inflecting", _("inflecting")
    EXACT = "exact", _("exact")
    DO_NOT_TRANSLATE = "do-not-translate", _("do not translate")


class Glossary(models.Model):
    """A named set of concepts, e.g. one domain. Its version counts every change to it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "glossaries"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Concept(models.Model):
    """One notion; everything the newsroom calls it hangs from here."""

    glossary = models.ForeignKey(
        Glossary, on_delete=models.CASCADE, related_name="concepts", verbose_name=_("glossary")
    )
    identifier = models.CharField(_("identifier"), max_length=80, unique=True)
    domain = models.CharField(_("domain"), max_length=80, blank=True, db_index=True)
    definition = models.TextField(_("definition"), blank=True)
    note = models.TextField(_("note"), blank=True)
    link = models.URLField(_("link"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["identifier"]

    def __str__(self) -> str:
        return self.identifier


class Term(models.Model):
    """One designation of a concept in one locale."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    locale = models.CharField(max_length=8)
    text = models.CharField(_("term"), max_length=300)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PREFERRED)
    part_of_speech = models.CharField(_("part of speech"), max_length=40, blank=True)
    mode = models.CharField(_("matching"), max_length=20, choices=Mode.choices, default=Mode.INFLECTING)
    case_sensitive = models.BooleanField(_("upper and lower case matter"), default=False)
    forms = models.JSONField(default=list, help_text="Inflected forms a terminologist listed.")
    source = models.CharField(max_length=300, blank=True, help_text="Where the term was found.")
    note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["concept", "position", "id"]
        constraints = [models.UniqueConstraint("concept", "locale", "text", name="one_row_per_term")]

    def __str__(self) -> str:
        return f"{self.text} [{self.locale}]"


class Change(models.Model):
    """One change of the termbase: who, when, what. Never changed itself.

    `what` is an English message with %(name)s places for `params`, said in the language of who reads the log.
    """

    glossary = models.ForeignKey(Glossary, on_delete=models.CASCADE, related_name="changes")
    concept = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=400)
    params = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return in_words({"message": self.what, "params": self.params})
