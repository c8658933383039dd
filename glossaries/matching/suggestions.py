"""The form of a term to offer for insertion: number and definiteness of the source, nothing bolder."""

from __future__ import annotations

from glossaries.matching import french
from glossaries.matching.concepts import Mode, SourceMatch, Term
from glossaries.matching.english import key
from glossaries.matching.letters import bare
from glossaries.matching.wordlists import wordlist
from glossaries.matching.words import fold, words

_FRENCH_LINKS = frozenset(french.FREE) | wordlist("fr", "light") | {"sans"}


def fitting(term: Term, match: SourceMatch, locale: str, begins: bool = False) -> str:
    """`term` as it may stand for `match`; names and terms to be kept as they are come back unchanged."""
    text = term.text
    if term.mode == Mode.INFLECTING:
        if locale == "fr" and _plural(match) and not _plural_term(match.term):
            text = french_plural(text)
        elif locale == "ar" and match.definite and " " not in text and not bare(text).startswith("ال"):
            # In a term of several words the article's place depends on its syntax: the translator's to set.
            text = f"ال{text}"
    return text[:1].upper() + text[1:] if begins else text


def french_plural(term: str) -> str:
    """The plural of a noun phrase: noun and adjectives up to the first preposition."""
    parts = words(term)
    out, last, inside = [], 0, True
    for part in parts:
        inside = inside and part.text.lower() not in _FRENCH_LINKS
        out.append(term[last : part.start] + (_plural_word(part.text) if inside else part.text))
        last = part.end
    return "".join(out) + term[last:]


def _plural_word(word: str) -> str:
    if word.isupper() or word[-1] in "sxz":
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    if word.endswith("al") and word not in {
        "bal",
        "carnaval",
        "festival",
        "récital",
        "final",
        "fatal",
        "naval",
    }:
        return word[:-2] + "aux"
    return word + "s"


def _plural(match: SourceMatch) -> bool:
    last = match.text.split(" of ")[0].split()[-1]
    return fold(last).endswith("s") and key(last) != fold(last) and not last.isupper()


def _plural_term(term: Term) -> bool:
    last = term.text.split(" of ")[0].split()[-1]
    return fold(last).endswith("s") and key(last) != fold(last)
