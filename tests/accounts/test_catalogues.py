"""The interface's catalogues: whole, true to their placeholders, and set as each language is set."""

import gettext
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from django.utils.translation import trans_real
from pytest_django import Settings

from workflow.accounts.catalogues import PLURALS, catalogue_path, compile_all, untranslated, update
from workflow.accounts.models import User

LOCALES = sorted(PLURALS)
FORMS = {"fr": 2, "ar": 6}
# Arabic says none, one and two in words.
IN_WORDS = {"fr": (), "ar": (0, 1, 2)}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|%%")
MARKUP = re.compile(r"</?[a-z]+[^<>]*>")
# Not prose: placeholders, mark-up, web addresses.
CODE = re.compile(rf"{PLACEHOLDER.pattern}|{MARKUP.pattern}|https?://\S+")
# The `yesno` filter splits its words at a Latin comma.
NOT_PROSE = {"yes,no"}
PLAIN_SPACE_BEFORE = re.compile(r"(?:^| )[:;?!»]|« ")
UNSPACED = re.compile(r"[^\s\u00a0\u202f][;?!»]|«[^\u00a0\u202f]")
LATIN_MARKS = re.compile(r"[,;?]")
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"


def texts(entry: polib.POEntry) -> list[str]:
    """Everything that may be shown for the entry: its translation, or each of its plural forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def entries(locale: str) -> Iterator[polib.POEntry]:
    yield from polib.pofile(str(catalogue_path(locale)))


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.fixture
def compiled(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The catalogues compiled in a folder of their own, in use for this test; any number of sign-ins."""
    for locale in LOCALES:
        folder = tmp_path / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        shutil.copy(catalogue_path(locale), folder)
    settings.LOCALE_PATHS = [tmp_path]
    settings.ACCOUNT_RATE_LIMITS = False
    assert compile_all() == len(LOCALES)
    assert compile_all() == 0, "nothing has changed since"
    trans_real._translations.clear()
    yield tmp_path
    trans_real._translations.clear()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_string_of_the_product_is_translated(locale: str) -> None:
    assert untranslated(update(settings.ROOT, locale)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_there_is_a_form_for_every_number(locale: str) -> None:
    for entry in entries(locale):
        if entry.msgid_plural:
            assert sorted(map(int, entry.msgstr_plural)) == list(range(FORMS[locale])), entry.msgid


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_and_markup_are_those_of_the_english(locale: str) -> None:
    for entry in entries(locale):
        if not entry.msgid_plural:
            assert placeholders(entry.msgstr) == placeholders(entry.msgid), entry.msgid
            assert sorted(MARKUP.findall(entry.msgstr)) == sorted(MARKUP.findall(entry.msgid))
            continue
        one, many = placeholders(entry.msgid), placeholders(entry.msgid_plural)
        for number, text in entry.msgstr_plural.items():
            found = placeholders(text)
            if int(number) in IN_WORDS[locale]:
                # Only the number itself may be a word instead of a figure.
                spoken = [name for name in many if name not in found]
                assert sorted(found + spoken) == many, (entry.msgid, text)
                assert len(spoken) <= 1 and all("(" in name for name in spoken), (entry.msgid, text)
            else:
                assert found == (one if locale == "fr" and int(number) == 0 else many), (entry.msgid, text)


def test_every_translation_takes_its_values() -> None:
    for locale in LOCALES:
        for entry in entries(locale):
            named = re.findall(r"%\((\w+)\)", entry.msgid + (entry.msgid_plural or ""))
            if named:
                for text in texts(entry):
                    assert text % dict.fromkeys(named, 7)


def test_the_catalogues_compile_and_speak(compiled: Path) -> None:
    for locale in LOCALES:
        with (compiled / locale / "LC_MESSAGES" / "django.mo").open("rb") as file:
            spoken = gettext.GNUTranslations(file)
        for entry in entries(locale):
            if entry.msgid_plural:
                said = {spoken.ngettext(entry.msgid, entry.msgid_plural, n) for n in range(120)}
                assert said == set(texts(entry)), entry.msgid
            else:
                assert spoken.gettext(entry.msgid) == entry.msgstr


def test_french_spaces_quotes_and_apostrophes() -> None:
    for entry in entries("fr"):
        for text in texts(entry):
            prose = CODE.sub("x", text)
            assert not PLAIN_SPACE_BEFORE.search(prose), text
            assert not UNSPACED.search(prose), text
            assert not re.search(r"[\"“”']", prose), text
            assert prose.count("«") == prose.count("»"), text


def test_arabic_has_arabic_marks() -> None:
    for entry in entries("ar"):
        if entry.msgid in NOT_PROSE:
            continue
        for text in texts(entry):
            prose = CODE.sub("x", text)
            assert not LATIN_MARKS.search(prose), text
            assert not re.search(r"[\"']|\s[،؛:.](?:\s|$)", prose), text
            assert prose.count("«") == prose.count("»"), text


def test_what_is_isolated_in_arabic_is_closed_again() -> None:
    for entry in entries("ar"):
        for text in texts(entry):
            open_ones = 0
            for character in text:
                open_ones += (character in OPENING) - (character in CLOSING)
                assert open_ones in (0, 1), text
            assert open_ones == 0, text


def errors(page: HttpResponse) -> list[str]:
    """Every error of the form, each of which the page must show."""
    said = [error for of_field in page.context["form"].errors.values() for error in of_field]  # type: ignore[attr-defined]
    shown = page.content.decode()
    assert said and all(escape(error) in shown for error in said)
    return said


def nothing_in_english(said: list[str], english: list[str], locale: str) -> None:
    assert len(said) == len(english)
    assert not set(said) & set(english)
    if locale == "ar":
        assert all(re.search("[\u0600-\u06ff]", error) for error in said), said


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sent", [{}, {"login": "nobody", "password": "wrong"}])
def test_a_sign_in_is_refused_in_the_language_of_the_page(
    client: Client, compiled: Path, locale: str, sent: dict[str, str]
) -> None:
    """Messages of Django and allauth come from their own catalogues."""
    english, said = (
        errors(client.post("/accounts/login/", sent, headers={"accept-language": language}))
        for language in ("en", locale)
    )
    nothing_in_english(said, english, locale)


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("chosen", ["azerty", "nadia@example.org"])
def test_a_weak_password_is_refused_in_the_language_of_the_person(
    client: Client, editor: User, compiled: Path, locale: str, chosen: str
) -> None:
    client.force_login(editor)
    told = []
    for language in ("en", locale):
        editor.interface_language = language
        editor.save()
        sent = {"oldpassword": "wrong", "password1": chosen, "password2": chosen + "!"}
        told.append(errors(client.post("/accounts/password/change/", sent)))
    nothing_in_english(told[1], told[0], locale)


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
def test_the_letter_with_a_new_password_link_is_in_the_language_of_the_page(
    client: Client, editor: User, compiled: Path, locale: str
) -> None:
    english, said = (letter(client, editor, language) for language in ("en", locale))
    assert not english & said
    if locale == "ar":
        assert all(re.search("[\u0600-\u06ff]", line) for line in said), said


def letter(client: Client, to: User, language: str) -> set[str]:
    """The lines of the letter, subject first, without the link and the names."""
    mail.outbox.clear()
    client.post("/accounts/password/reset/", {"email": to.email}, headers={"accept-language": language})
    (sent,) = mail.outbox
    lines = (sent.subject + "\n" + sent.body).splitlines()
    return {line for line in lines if re.search(r"\w", line) and "http" not in line and line != "testserver"}
