"""English words as a term list counts them: number and possessive folded, spelling of both shores folded, no more."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from glossaries.matching.words import Word, fold, words

# -ise/-ize, -our/-or, -tre/-ter, ae/oe and double l: a term list in one spelling finds texts in the other.
_SPELLING = (
    (re.compile(r"is(e|ed|es|ing|ation|ations|er|ers)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(?=$|ed$|ing$|able$|ful$|al$|ite$|ites$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bct])re$"), "er"),
    (
        re.compile(r"^(an|h|p|f|arch|gyn|orthop|diarrh|leuk|c|encyclop|medi|pal|oed)[ao]e(?=[a-z]{2})"),
        r"\1e",
    ),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"(?<=[a-z]{3})mme$"), "m"),
)
# Plurals whose lemma a dictionary of verbs would spoil, and words that only look plural.
_PLURALS = {"data": "data", "media": "media", "news": "news", "species": "species", "series": "series",
            "means": "means", "goods": "goods", "customs": "customs", "arms": "arms", "ethics": "ethics",
            "diabetes": "diabetes", "measles": "measles", "rabies": "rabies", "mumps": "mumps",
            "corpora": "corpus", "genera": "genus", "criteria": "criterion", "bacteria": "bacterium",
            "phenomena": "phenomenon", "indices": "index", "matrices": "matrix", "vertices": "vertex",
            "people": "people", "peoples": "people", "left": "left", "fell": "fell", "saw": "saw",
            "found": "found", "ground": "ground", "wound": "wound", "bound": "bound", "us": "us", "as": "as",
            "this": "this", "is": "is", "was": "was", "has": "has"}  # fmt: skip


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The form under which an English word is looked up: `Viruses` → virus, `centre` → center.

    Only number is folded, never -ed or -ing: stemming the source finds a third more terms, nearly half of them
    other words (a `testing` that is not a `test`).
    """
    folded = fold(word)
    if folded in _PLURALS:
        return _PLURALS[folded]
    if len(folded) > 3 and folded.isalpha():
        folded = _singular(folded)
        for pattern, spelling in _SPELLING:
            folded = pattern.sub(spelling, folded)
    return folded


def _singular(word: str) -> str:
    if word.endswith("s"):
        if word.endswith(("ss", "us", "itis", "osis", "asis", "ysis")):
            return word
        if word.endswith("yses"):
            return word[:-2] + "is"
        if simplemma.is_known(word, "en"):
            return str(simplemma.lemmatize(word, "en"))
        return _regular(word)
    if word.endswith(("ed", "ing", "er", "est", "en")) and word not in {
        "men",
        "women",
        "children",
        "oxen",
    }:
        return word
    lemma = str(simplemma.lemmatize(word, "en"))
    return lemma if lemma.isalpha() and lemma.islower() else word


def _regular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=16384)
def verb_key(word: str) -> str:
    """The dictionary form of any verb form: used for terms marked as verbs only."""
    folded = fold(word)
    return key(str(simplemma.lemmatize(folded, "en"))) if folded.isalpha() else folded


def source_words(text: str) -> list[Word]:
    """The words of an English text without the `s` of possessives."""
    return [word for word in words(text) if not (word.joint == "'" and word.text in {"s", "S"})]
