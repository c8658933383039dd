"""What the matcher says about labelled translations, and how it reads sources."""

from __future__ import annotations

import pickle
from collections import Counter

import pytest

from glossaries.matching import Concept, Mode, Status, Term, Termbase
from tests.glossaries import cases


def status(termbase: Termbase, case: cases.Case) -> str | None:
    found = [u.status for u in termbase.check(case.source, case.target) if u.concept_id == case.concept.id]
    if not found:
        return None
    return found[0] if len(set(found)) == 1 else "mixed"


def termbase_of(*terms: tuple[str, str], target: str = "fr", **more: object) -> Termbase:
    concepts = [
        Concept(f"c{i}", terms=(Term("en", en, **more), Term(target, other)))  # type: ignore[arg-type]
        for i, (en, other) in enumerate(terms)
    ]
    return Termbase.compile(concepts, target=target)


def found(termbase: Termbase, text: str) -> list[str]:
    return [match.text for match in termbase.find(text)]


@pytest.fixture(scope="module")
def shipped() -> dict[str, Termbase]:
    concepts = cases.shipped()
    return {locale: Termbase.compile(concepts, target=locale) for locale in ("fr", "ar")}


def test_it_agrees_with_the_terminologists_on_the_shipped_glossaries(shipped: dict[str, Termbase]) -> None:
    right, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for case in cases.checks():
        seen[case.locale, case.expect] += 1
        right[case.locale, case.expect] += status(shipped[case.locale], case) == case.expect
    for (locale, expect), count in seen.items():
        floor = 0.95 if expect == "ok" else 0.97
        assert right[locale, expect] / count >= floor, (
            f"{locale} {expect}: {right[locale, expect]} of {count}"
        )


@pytest.mark.parametrize("case", cases.own(), ids=str)
def test_it_judges_the_labelled_case(case: cases.Case) -> None:
    assert status(Termbase.compile([case.concept], target=case.locale), case) == case.expect


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_it_flags_the_forbidden_terms_of_the_shipped_glossaries(
    shipped: dict[str, Termbase], locale: str
) -> None:
    frame = {"fr": "Le débat a porté sur {}.", "ar": "تناول النقاش {} أمس."}[locale]
    verdicts = Counter[str]()
    for concept in cases.shipped():
        english = concept.designations("en")[0].text
        for term in concept.designations(locale):
            if term.status == Status.FORBIDDEN:
                source = f"They discussed {english} again."
                case = cases.Case(concept, locale, source, frame.format(term.text), "forbidden", "")
                verdicts[status(shipped[locale], case) or "not found"] += 1
    assert verdicts["forbidden"] / verdicts.total() > 0.98, verdicts


def test_it_prefers_the_longest_term() -> None:
    termbase = termbase_of(("heritage", "patrimoine"), ("cultural heritage", "patrimoine culturel"))
    assert found(termbase, "The cultural heritage and the heritage fund.") == [
        "cultural heritage",
        "heritage",
    ]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("face mask", "Face-masks are required."),
        ("cybersecurity", "Cyber security matters."),
        ("cyber security", "Cybersecurity matters."),
        ("patient", "The patients' rooms"),
        ("patient", "a patient’s room"),
        ("organisation", "two organizations"),
        ("analysis", "several analyses"),
        ("child", "The children"),
        ("haemorrhage", "a hemorrhage"),
    ],
)
def test_it_reads_a_source_variant(term: str, text: str) -> None:
    assert len(found(termbase_of((term, "x")), text)) == 1


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("WHO", "Those who came"),
        ("test", "The testing went on"),
        ("cat", "a category"),
        ("communicable disease", "non-communicable diseases"),
    ],
)
def test_it_does_not_take_another_word_for_the_term(term: str, text: str) -> None:
    assert found(termbase_of((term, "x")), text) == []


def test_it_keeps_the_capitals_of_a_case_sensitive_term() -> None:
    termbase = termbase_of(("Secretariat", "Secrétariat"), case_sensitive=True)
    assert found(termbase, "The Secretariat replied to the secretariat.") == ["Secretariat"]


def test_it_finds_verbs_in_any_form_when_the_term_is_a_verb() -> None:
    assert found(termbase_of(("to drop out", "décrocher"), pos="verb"), "He dropped out.") == ["dropped out"]


def test_spans_are_characters_of_the_texts_given() -> None:
    source, target = "“The vaccine” works.", "« Les\u00a0vaccins » agissent."
    use = termbase_of(("vaccine", "vaccin")).check(source, target)[0]
    assert source[slice(*use.source_span)] == "vaccine"
    assert use.target_span and target[slice(*use.target_span)] == "vaccins"


def test_a_sense_rendered_clears_the_other_senses_of_the_word() -> None:
    termbase = termbase_of(("session", "séance"), ("session", "session"))
    assert [use.status for use in termbase.check("The session opened.", "La séance s'est ouverte.")] == ["ok"]


def test_it_chooses_the_hypothesis_that_honours_most_terms_and_the_first_of_equals() -> None:
    termbase = termbase_of(("malaria", "paludisme"), ("vaccine", "vaccin"))
    source = "A malaria vaccine."
    assert (
        termbase.choose(source, ["Un remède.", "Un vaccin.", "Un vaccin antipaludique, contre le paludisme."])
        == 2
    )
    assert termbase.choose(source, ["Un vaccin.", "Le vaccin."]) == 0
    assert termbase.choose("Nothing here.", ["a", "b"]) == 0


def test_it_suggests_a_plural_for_a_plural_and_the_arabic_article_for_the() -> None:
    french = termbase_of(
        ("armed group", "groupe armé"), ("weapon of mass destruction", "arme de destruction massive")
    )
    source = "Armed groups hid weapons of mass destruction."
    assert [french.suggest(match, "Des") for match in french.find(source)] == [
        "groupes armés",
        "armes de destruction massive",
    ]
    arabic = termbase_of(("museum", "متحف"), target="ar")
    assert arabic.suggest(arabic.find("in the museum")[0]) == "المتحف"


def test_a_listed_form_counts_as_the_term() -> None:
    concept = Concept("c", terms=(Term("en", "ksar"), Term("fr", "ksar", forms=("ksour",))))
    assert Termbase.compile([concept]).check("The ksars", "Les ksour")[0].status == "ok"


def test_exact_and_forbidden_are_errors_and_the_rest_warnings() -> None:
    concept = Concept("c", terms=(Term("en", "Board"), Term("fr", "Conseil", mode=Mode.EXACT)))
    assert Termbase.compile([concept]).check("The Board", "Le bureau")[0].severity == "error"
    assert termbase_of(("board", "conseil")).check("the board", "le bureau")[0].severity == "warning"


def test_a_compiled_termbase_can_be_kept_and_loaded() -> None:
    termbase = pickle.loads(pickle.dumps(termbase_of(("vaccine", "vaccin"))))
    assert found(termbase, "two vaccines") == ["vaccines"]


@pytest.mark.parametrize("text", ["", " ", "…", "-", "’", "١", "\u064b", "(", "a" * 5000])
def test_odd_texts_and_terms_do_no_harm(text: str) -> None:
    for locale in ("fr", "ar", "de"):
        termbase = termbase_of((text or "x", text or "y"), ("vaccine", "vaccin"), target=locale)
        termbase.check(f"vaccine {text}", text)
        termbase.choose(f"vaccine {text}", [text, text])
