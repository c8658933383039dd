"""The findings of a unit: checks and terms in one list, errors first, with the form of a term that fits."""

import pytest
from pytest_django import Settings

from glossaries import exchange
from languages.digits import Digits
from workflow.drafting.findings import find_in

pytestmark = pytest.mark.django_db

CSV = (
    "concept_id,domain,definition_en,en,en_variants,pos,fr,fr_admitted,fr_forbidden,ar,ar_admitted,ar_forbidden,"
    "mode,case_sensitive,note\n"
    "t-1,test,,museum,,noun,musée,,galerie,متحف,,,inflecting,no,\n"
)


@pytest.fixture(autouse=True)
def glossary(db: None) -> None:
    exchange.bring_in("test.csv", CSV.encode(), "test")


def test_a_missing_term_is_a_warning_with_the_form_that_fits() -> None:
    (finding,) = find_in("They visited the museums.", "Ils ont visité les lieux.", "fr")
    assert (finding.check, finding.severity, finding.suggestion) == ("term_missing", "warning", "musées")
    (finding,) = find_in("They met in the museum.", "التقوا في المكان.", "ar")
    assert finding.suggestion == "المتحف"


def test_a_forbidden_term_is_an_error_that_names_its_place() -> None:
    (finding,) = find_in("They visited the museum.", "Ils ont visité la galerie.", "fr")
    assert (finding.check, finding.severity) == ("term_forbidden", "error")
    assert finding.target_span is not None
    start, end = finding.target_span
    assert "Ils ont visité la galerie."[start:end] == "galerie"


def test_errors_come_first_and_a_good_translation_has_none() -> None:
    found = find_in("The museum has 12 rooms.", "La galerie compte 13 salles.", "fr")
    assert [finding.severity for finding in found] == sorted(finding.severity for finding in found)
    assert find_in("The museum has 12 rooms.", "Le musée compte 12 salles.", "fr") == []


def test_the_newsrooms_digits_come_from_its_settings(settings: Settings) -> None:
    settings.DIGITS = {"ar": Digits.ARABIC_INDIC}
    (finding,) = find_in("It has 12 rooms.", "فيه 12 غرفة.", "ar")
    assert (finding.check, finding.suggestion) == ("digits", "١٢")
    assert find_in("It has 12 rooms.", "Il compte 12 salles.", "fr") == []
    settings.DIGITS = {}
    assert find_in("It has 12 rooms.", "فيه 12 غرفة.", "ar") == []
