"""Guards: what they catch in real drafts, what they let pass in human translations."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workers.nmt import guards, numbers
from workers.nmt.guards import check

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("real_failures.jsonl").read_text("utf-8").splitlines()
]
WORDS = ["la", "ville", "ouvre", "un", "musée", "près", "du", "port", "avec", "joie"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=6, max_size=20)
NUMBER = st.integers(min_value=13, max_value=9_999_999)


def reasons(source: str, draft: str, locale: str, protected: tuple[str, ...] = ()) -> list[str]:
    return [fault.reason for fault in check(source, draft, "en", locale, protected)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['locale']}: {row['source'][:40]}")
def test_real_drafts_are_caught_and_human_translations_pass(row: dict[str, str]) -> None:
    """Drafts of beginner models, each read by us; translations by people, picked for being tricky."""
    assert reasons(row["source"], row["draft"], row["locale"]) == row["faults"]


@pytest.mark.parametrize(
    ("source", "draft", "locale", "reason"),
    [
        ("The fair opened.", "", "fr", guards.EMPTY),
        ("The fair opened in the old town on the coast of the sea.", "Oui.", "fr", guards.LENGTH),
        (
            "The fair opened.",
            "La foire " + "a ouvert ses portes au public de la ville " * 3,
            "fr",
            guards.LENGTH,
        ),
        ("The fair opened in town.", "La foire a également également ouvert.", "fr", guards.LOOP),
        ("The fair opened in town.", "La la la la foire a ouvert.", "fr", guards.LOOP),
        ("The fair opened in town.", "افتتح المعرض المعرض في المدينة.", "ar", guards.LOOP),
        ("The old fair opened in the town.", "The old fair opened in the town.", "fr", guards.COPIED),
        ("The fair opened in town.", "La foire a ouvert.", "ar", guards.SCRIPT),
        ("See https://example.org/a now.", "Voir maintenant ce site.", "fr", guards.LOST_ITEMS),
        (
            "Write to a.b@example.org today.",
            "Écrivez à a.b@example.com aujourd'hui.",
            "fr",
            guards.LOST_ITEMS,
        ),
        ("Follow @artdesk this week.", "Suivez-nous cette semaine.", "fr", guards.LOST_ITEMS),
        ("In all, 24 came.", "Au total, 23 sont venus.", "fr", guards.LOST_NUMBERS),
        ("It opened on 5 July.", "Elle a ouvert le 5 juin.", "fr", guards.LOST_NUMBERS),
        ("It opened on Saturday.", "Elle a ouvert jeudi.", "fr", guards.LOST_NUMBERS),
        ("It opened in town.", "Elle a ouvert en ville en 2024.", "fr", guards.ADDED_NUMBERS),
        ("In July 2022, all came.", "وفي فبراير 2022، حضر الجميع.", "ar", guards.ADDED_NUMBERS),
    ],
)
def test_each_guard_has_its_fault(source: str, draft: str, locale: str, reason: str) -> None:
    assert reason in reasons(source, draft, locale)


def test_a_protected_name_must_stay_letter_for_letter() -> None:
    assert reasons("The Sky Desk won.", "Le Bureau du ciel a gagné.", "fr", ("Sky Desk",)) == [
        guards.LOST_ITEMS
    ]
    assert reasons("The Sky Desk won.", "Le Sky Desk a gagné.", "fr", ("Sky Desk",)) == []


@pytest.mark.parametrize(
    ("source", "draft", "locale"),
    [
        ("It holds 14,000 books.", "Elle possède 14\u00a0000 livres.", "fr"),
        ("It holds 14,000 books.", "تضم 14 ألف كتاب.", "ar"),
        ("It holds 14,000 books.", "تضم ١٤٬٠٠٠ كتاب.", "ar"),
        ("It rose by 12.5%.", "Il a augmenté de 12,5\u00a0%.", "fr"),
        ("It rose by 12.5%.", "ارتفع بنسبة ١٢٫٥٪.", "ar"),
        ("It costs 2 million dollars.", "يكلف مليوني دولار.", "ar"),
        ("Two countries and twenty-one cities took part.", "2 pays et 21 villes ont participé.", "fr"),
        ("In all, 80 and 300 came.", "Quatre-vingts et trois cents sont venus.", "fr"),
        ("The 21st century began.", "Le XXIe siècle a commencé.", "fr"),
        ("It was the 3rd edition.", "كانت الدورة الثالثة.", "ar"),
        ("It closes at 2:30 p.m.", "Fermeture à 14 h 30.", "fr"),
        ("The 1990s were hard.", "كانت تسعينيات القرن الماضي صعبة.", "ar"),
        ("It opens on Friday.", "يفتح يوم الجمعة.", "ar"),
        ("It opens in July 2025.", "يفتح في تموز 2025.", "ar"),
        ("It may open in May.", "Elle pourrait ouvrir en mai.", "fr"),
    ],
)
def test_a_number_written_another_way_is_not_lost(source: str, draft: str, locale: str) -> None:
    assert reasons(source, draft, locale) == []


@given(NUMBER, st.sampled_from(["fr", "ar"]))
def test_a_number_survives_the_way_each_locale_writes_it(value: int, locale: str) -> None:
    (number,) = numbers.find(f"{value:,}", "en")
    written = numbers.write(number, locale)
    assert [n.value for n in numbers.find(written, locale)] == [number.value]
    assert not numbers.lost(f"It has {value:,} books.", f"X {written} Y.", "en", locale)
    arabic = str(value).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert not numbers.lost(f"It has {value:,} books.", f"X {arabic} Y.", "en", locale)


@given(NUMBER, NUMBER, SENTENCE)
def test_another_number_is_always_noticed(right: int, wrong: int, words: list[str]) -> None:
    assume(right != wrong)
    source, draft = f"About {right} people came to the town.", f"{wrong} {' '.join(words)}"
    assert {guards.LOST_NUMBERS, guards.ADDED_NUMBERS} <= set(reasons(source, draft, "fr"))


@given(SENTENCE, st.integers(3, 8))
def test_a_sentence_said_again_and_again_is_a_loop(words: list[str], times: int) -> None:
    assert guards.loop("The town opened a museum by the port.", " ".join(words * times))


@given(st.text(), st.text(), st.sampled_from(["fr", "ar", "de"]))
def test_they_answer_on_any_text(source: str, draft: str, locale: str) -> None:
    check(source, draft, "en", locale)
