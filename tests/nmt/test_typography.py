"""French and Arabic punctuation: put right, once and for all, and nothing else moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.digits import Digits
from languages.punctuation import FRENCH_SPACES, NBSP, NNBSP
from workers.nmt.typography import tidied
from workflow.checks.punctuation import check

DIGITS = [None, *Digits]
TEXTS = st.text(alphabet='ab1٣٬- "“”«»:;?!%,.(\u00a0\u202fعر،/', max_size=40)


@pytest.mark.parametrize(
    ("draft", "locale", "wanted"),
    [
        ('Il a dit: "oui" et “non”; 62% !', "fr", "Il a dit~: «~oui~» et «~non~»_; 62~%_!"),
        ("Vraiment ?! Oui\u00a0; non\u202f: 5\u202f%.", "fr", "Vraiment_?! Oui_; non~: 5~%."),
        ("Voir https://example.org/a?b=1 à 10:30", "fr", "Voir https://example.org/a?b=1 à 10:30"),
        ("« Bien », dit-il.", "fr", "«~Bien~», dit-il."),
        ('Il a dit "oui', "fr", 'Il a dit "oui'),
        ("قال, نعم; هل؟ كم?", "ar", "قال، نعم؛ هل؟ كم؟"),
        ("بلغ 1,250 كتابا", "ar", "بلغ 1,250 كتابا"),
        ("He said: yes", "en", "He said: yes"),
    ],
)
def test_it_puts_the_languages_marks(draft: str, locale: str, wanted: str) -> None:
    assert tidied(draft, locale).text == wanted.replace("~", "\u00a0").replace("_", "\u202f")


@pytest.mark.parametrize("mark", FRENCH_SPACES)
def test_the_check_takes_what_a_draft_has_and_the_other_space_too(mark: str) -> None:
    draft = tidied(f"Il le dit «oui{mark} non" if mark == "»" else f"Il le dit 5{mark}", "fr").text
    assert FRENCH_SPACES[mark] + mark in draft
    for space in (NBSP, NNBSP):
        written = draft.replace(FRENCH_SPACES[mark] + mark, space + mark)
        assert not [f for f in check("", written, "fr") if f.check == "french_space"], written


@pytest.mark.parametrize(
    ("digits", "source", "draft", "wanted"),
    [
        (Digits.WESTERN, "", "بلغ ١٬٢٥٠ كتابا, أي ٣٫٥٪", "بلغ 1,250 كتابا، أي 3.5٪"),
        (Digits.ARABIC_INDIC, "", "بلغ 1,250 كتابا", "بلغ ١٬٢٥٠ كتابا"),
        (Digits.SOURCE, "It has 12.", "فيه ١٢.", "فيه 12."),
        (None, "", "بلغ ١٢٥٠ كتابا", "بلغ ١٢٥٠ كتابا"),
    ],
)
def test_it_writes_the_digits_that_are_wanted(
    digits: Digits | None, source: str, draft: str, wanted: str
) -> None:
    assert tidied(draft, "ar", digits=digits, source=source).text == wanted


@given(TEXTS, st.sampled_from(DIGITS), TEXTS)
def test_digits_are_settled_the_first_time(text: str, digits: Digits | None, source: str) -> None:
    once = tidied(text, "ar", digits=digits, source=source)
    assert tidied(once.text, "ar", digits=digits, source=source).text == once.text
    assert once.moved(len(text)) == len(once.text)


@given(TEXTS, st.sampled_from(["fr", "ar"]))
def test_twice_is_once_and_letters_stay_where_they_were(text: str, locale: str) -> None:
    once = tidied(text, locale)
    assert tidied(once.text, locale).text == once.text
    for at, character in enumerate(text):
        if character.isalnum():
            assert once.text[once.moved(at)] == character
    assert once.moved(len(text)) == len(once.text)
