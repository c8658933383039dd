"""The findings of a unit: checks and terms in one list, errors first, with the form of a term that fits."""

from collections.abc import Callable, Sequence

import pytest
from django.conf import settings as live
from pytest_django import Settings

from glossaries import exchange
from languages.digits import Digits
from tests.conftest import OneEngine
from tests.mirror import Mirror
from workers.nmt.engine import Draft
from workflow.articles.models import Article
from workflow.drafting import work
from workflow.drafting.findings import find, find_in

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


CELLS = (
    CSV.partition("\n")[0]
    + "\nc-1,biology,,cell,,noun,cellule,,,خلية,,,inflecting,no,"
    + "\nc-2,prisons,,cell,,noun,cachot,,,زنزانة,,,inflecting,no,\n"
)


def expected(article: Article) -> set[str]:
    """The French terms that findings ask for in a text that has none of them."""
    unit = article.translations.get(locale="fr").current_units().get(segment__text__contains="cell")
    unit.target = "Rien de tel."
    return {found["params"]["expected"] for found in find(unit) if found["check"] == "term_missing"}


def test_an_article_is_asked_for_the_terms_of_its_domain(submitted: Callable[..., Article]) -> None:
    exchange.bring_in("cells.csv", CELLS.encode(), "cells")
    text = "# Museum\n\nThe {} shows a cell in the museum.\n"
    biology = submitted(text.format("laboratory"), domain="biology")
    prison = submitted(text.format("prison"), domain="Prisons")
    anything = submitted(text.format("house"))
    # The museum belongs to a third domain, and no article here is of that.
    assert expected(biology) == {"cellule"}
    assert expected(prison) == {"cachot"}
    assert expected(anything) == {"cellule", "cachot", "musée"}


def test_the_draft_chosen_honours_the_terms_of_its_articles_domain(
    submitted: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two articles of one sentence are drafted in one batch, from the same drafts of the engine."""
    exchange.bring_in("cells.csv", CELLS.encode(), "cells")
    articles = [
        submitted("# Cell\n\nThe cell is small.\n", domain=d, locales=["fr"]) for d in ("biology", "prisons")
    ]
    monkeypatch.setattr(live, "DRAFT_BATCH", 64)
    work.drain(OneEngine(Undecided()))  # type: ignore[arg-type]
    drafts = [
        article.translations.get().current_units().get(segment__text="The cell is small.").target
        for article in articles
    ]
    assert drafts == ["La cellule est petite.", "Le cachot est petit."]


class Undecided(Mirror):
    """Is equally sure of two drafts of everything."""

    def translate(self, sentences: Sequence[str], *_names: str, **options: object) -> list[list[Draft]]:
        small = [Draft("La cellule est petite.", -0.1), Draft("Le cachot est petit.", -0.2)]
        title = [Draft("Cellule", -0.1), Draft("Cachot", -0.2)]
        return [small if "small" in sentence else title for sentence in sentences]
