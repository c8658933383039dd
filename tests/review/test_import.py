"""A file comes back: what it would do, the choice between two texts, and a report that stays."""

import re

import polib
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation, TranslationUnit
from workflow.drafting.units import save_target
from workflow.review.roundtrip import as_file, export

pytestmark = pytest.mark.django_db

DESK, FILE = "La bibliothèque a 5 000 livres en trois langues.", "Elle possède 5 000 livres en trois langues."


@pytest.fixture
def french(drafted: Article) -> Translation:
    return drafted.translations.get(locale="fr")


@pytest.fixture
def signed(client: Client, claire: User, french: Translation) -> Client:
    cache.clear()
    client.force_login(claire)
    return client


def units(translation: Translation) -> dict[str, TranslationUnit]:
    return {unit.segment.text: unit for unit in translation.current_units()}


def unit_of(translation: Translation, words: str) -> TranslationUnit:
    return next(unit for text, unit in units(translation).items() if words in text)


def changed(data: bytes, **targets: str) -> bytes:
    """The PO file with other targets for the units whose source has the word."""
    catalogue = polib.pofile(data.decode())
    for word, target in targets.items():
        entry = next(entry for entry in catalogue if word in entry.msgid)
        entry.msgstr = target
    return str(catalogue).encode()


def send(client: Client, french: Translation, data: bytes) -> str:
    file = SimpleUploadedFile("back.po", data)
    return client.post(f"/desk/translations/{french.pk}/import", {"file": file}, follow=True).content.decode()


def take(client: Client, french: Translation, **chosen: str) -> str:
    address = f"/desk/translations/{french.pk}/import"
    return client.post(address, {"apply": "1", **chosen}, follow=True).content.decode()


def conflict(page: str) -> tuple[str, str]:
    """Name and value of the choice for the file's text."""
    found = re.findall(r'type="radio" name="(conflict:[^"]+)" value="(\w+)"', page)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def both_changed(signed: Client, french: Translation, claire: User) -> str:
    """The page after a file came back that changes the title and a unit the desk has changed too."""
    data, _type = export(as_file(french), "po")
    unit = unit_of(french, "5,000")
    save_target(unit.pk, version=unit.version, target=DESK, by=claire)
    back = changed(data, **{"5,000": FILE, "Minister Opens": "La ministre inaugure une bibliothèque"})
    return send(signed, french, back)


def test_looking_at_a_file_changes_nothing_and_shows_both_texts(
    both_changed: str, french: Translation
) -> None:
    assert unit_of(french, "5,000").target == DESK
    assert f">{DESK}</p>" in both_changed
    assert "<ins>Elle possède</ins>" in both_changed and "<del>La bibliothèque a</del>" in both_changed
    assert "Will be taken over." in both_changed


def test_the_desks_text_stays_unless_one_chooses_otherwise_and_so_does_the_report(
    signed: Client, french: Translation, both_changed: str
) -> None:
    page = take(signed, french)
    assert unit_of(french, "5,000").target == DESK
    assert unit_of(french, "Minister Opens").target == "La ministre inaugure une bibliothèque"
    assert "1 unit taken over." in page and "Taken over." in page
    name, value = conflict(page)
    again = take(signed, french, **{name: value})
    assert unit_of(french, "5,000").target == FILE
    assert "conflict:" not in again
    assert again.count("Taken over.") == 2


def test_a_choice_made_against_an_older_text_decides_nothing(
    signed: Client, french: Translation, both_changed: str
) -> None:
    colleague = person("louis", "translator", locales=("fr",))
    unit = unit_of(french, "5,000")
    newer = "Cette bibliothèque a 5 000 livres en trois langues."
    save_target(unit.pk, version=unit.version, target=newer, by=colleague)
    name, value = conflict(both_changed)
    page = take(signed, french, **{name: value})
    assert unit_of(french, "5,000").target == newer
    assert newer in page and conflict(page)[1] != value


def test_wrong_codes_are_explained_before_and_after(signed: Client, french: Translation) -> None:
    data, _type = export(as_file(french), "po")
    back = changed(
        data, **{"new library": "La ministre a ouvert <2>une bibliothèque</2> devant 12 écrivains."}
    )
    page = send(signed, french, back)
    assert "Missing: &lt;1&gt;." in page
    assert "Not in the source, or too often: &lt;2&gt;." in page
    assert "Missing: &lt;1&gt;." in take(signed, french)
    assert "<2>" not in unit_of(french, "new library").target


def test_what_the_file_confirms_and_errors_forbid_is_taken_unconfirmed_and_said(
    signed: Client, french: Translation
) -> None:
    data, _type = export(as_file(french), "po")
    catalogue = polib.pofile(data.decode())
    entry = next(entry for entry in catalogue if "5,000" in entry.msgid)
    entry.msgstr = "Elle possède des livres en trois langues."
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    send(signed, french, str(catalogue).encode())
    page = take(signed, french)
    assert unit_of(french, "5,000").state == "edited"
    assert "Taken over, but not confirmed: errors stand." in page


def test_a_file_that_is_gone_or_wrong_is_said(signed: Client, french: Translation) -> None:
    address = f"/desk/translations/{french.pk}/import"
    answer = signed.post(address, {"apply": "1"})
    assert answer.status_code == 422 and "no longer here" in answer.content.decode()
    answer = signed.post(address, {"file": SimpleUploadedFile("x.po", b"nonsense")})
    assert answer.status_code == 422
    assert signed.post(address).status_code == 422
