"""The termbase's pages speak the language of who reads them, whoever wrote."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from glossaries import decisions
from glossaries.formats import csv
from glossaries.models import Concept, Status
from glossaries.store import store
from tests.conftest import person
from workflow.accounts.models import User

pytestmark = pytest.mark.django_db

SHEET = """concept_id,en,fr,mode
lib-001,library,bibliothèque,
lib-002,,livre,
lib-003,book,livre,sometimes
"""


@pytest.fixture
def terminologist() -> User:
    return person("w", "terminologist")


@pytest.fixture
def concept(terminologist: User) -> Concept:
    concepts, _errors = csv.read(SHEET.encode())
    store(concepts, "books", by=terminologist)
    return Concept.objects.get(identifier="lib-001")


def sign_in(client: Client, user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(interface_language=language)
    client.force_login(User.objects.get(pk=user.pk))


def test_the_forms_of_concept_and_term_are_labelled_in_the_readers_language(
    client: Client, terminologist: User, concept: Concept
) -> None:
    sign_in(client, terminologist, "fr")
    page = client.get(f"/desk/terms/{concept.pk}/edit").content.decode()
    for label in ("Identifiant", "Glossaire", "Définition", "Catégorie grammaticale", "privilégié"):
        assert label in page, label
    for english in ("Identifier", "Definition", "Part of speech", "Case sensitive", "preferred<", "Mode"):
        assert english not in page, english


def test_the_log_is_told_in_the_readers_language(
    client: Client, terminologist: User, concept: Concept
) -> None:
    sign_in(client, terminologist, "ar")
    form = {
        "identifier": "lib-001",
        "glossary": concept.glossary_id,
        "terms-TOTAL_FORMS": 0,
        "terms-INITIAL_FORMS": 0,
    }
    assert client.post(f"/desk/terms/{concept.pk}/edit", form).status_code == 302
    decisions.approve(
        decisions.propose("library", "fr", "100 % médiathèque", by=terminologist),
        Status.ADMITTED,
        by=terminologist,
    )
    sign_in(client, terminologist, "fr")
    page = client.get("/desk/terms/changes/").content.decode()
    assert "Modifié dans le formulaire." in page
    assert "Importation\u00a0: 1 ajoutés, 0 modifiés." in page
    assert "«\u00a0100 % médiathèque\u00a0» (fr) est un terme admis." in page
    sign_in(client, terminologist, "en")
    page = client.get("/desk/terms/changes/").content.decode()
    assert "Changed in the form." in page and "Import: added 1, changed 0." in page


def test_a_row_that_is_left_out_is_explained_in_the_readers_language(
    client: Client, terminologist: User
) -> None:
    sign_in(client, terminologist, "fr")
    sheet = SimpleUploadedFile("books.csv", SHEET.encode())
    page = client.post("/desk/terms/import", {"file": sheet, "glossary": "books"}).content.decode()
    assert "Ligne 3\u00a0: lib-002 n’a pas de terme anglais" in page
    assert "Ligne 4\u00a0: lib-003 a le mode «\u00a0sometimes\u00a0»" in page
    pdf = SimpleUploadedFile("books.pdf", b"%PDF")
    page = client.post("/desk/terms/import", {"file": pdf, "glossary": "books"}).content.decode()
    assert "les glossaires sont des fichiers .csv" in page
