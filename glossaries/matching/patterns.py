"""Terms of the target side made ready to be looked for: which of their words count, and how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from glossaries.matching import arabic, french
from glossaries.matching.forms import Analysis
from glossaries.matching.letters import bare, spelling
from glossaries.matching.wordlists import wordlist
from glossaries.matching.words import Word, fold, words


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the matcher needs to know about a target language.

    `free` are the words a term may gain, lose or change (each with the class it may change within), `light` those
    that carry little meaning, `classifiers` nouns that only name a kind, `generic` heads too common to stand alone,
    `persons` nouns an adjective can do without; `telling` says whether a shared root proves a derivation.
    """

    analyse: Callable[[str], Analysis]
    analyse_term: Callable[[str], Analysis]
    free: dict[str, str]
    light: frozenset[str] = frozenset()
    classifiers: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    telling: Callable[[Analysis], bool] = lambda keys: False
    ordered: bool = False


def _plain(word: str) -> Analysis:
    folded = fold(word)
    return Analysis(folded, frozenset((folded,)), frozenset((folded,)))


_GRAMMARS = {
    "fr": Grammar(
        french.analyse,
        partial(french.analyse, citation=True),
        french.FREE,
        light=wordlist("fr", "light"),
        classifiers=wordlist("fr", "classifiers"),
        generic=wordlist("fr", "generic"),
        persons=wordlist("fr", "persons"),
        prefixes=wordlist("fr", "prefixes"),
        telling=french.telling,
    ),
    "ar": Grammar(
        arabic.analyse,
        partial(arabic.analyse, citation=True),
        {},
        light=wordlist("ar", "light"),
        classifiers=wordlist("ar", "classifiers"),
        generic=wordlist("ar", "generic"),
        persons=wordlist("ar", "persons"),
        telling=arabic.telling,
        ordered=True,
    ),
}
_OTHER = Grammar(_plain, _plain, {})


def grammar(locale: str) -> Grammar:
    """The grammar of a locale; languages without one are matched without inflection."""
    return _GRAMMARS.get(locale.split("-")[0].lower(), _OTHER)


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a term: its keys and its weight in the meaning."""

    keys: Analysis
    heavy: bool = True
    telling: bool = False
    classifier: bool = False
    generic: bool = False
    person: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term ready to be looked for: the words that count and the free words before each of them, by class."""

    parts: tuple[Part, ...]
    joints: tuple[tuple[str, ...], ...]
    length: int
    heavy: tuple[int, ...]


@lru_cache(maxsize=65536)
def pattern(term: str, locale: str) -> Pattern:
    """Prepare one term of one locale."""
    rules = grammar(locale)
    found = words(term)
    parts: list[Part] = []
    joints: list[tuple[str, ...]] = []
    pending: list[str] = []
    for i, word in enumerate(found):
        keys = rules.analyse_term(word.text)
        if keys.exact in rules.free and len(found) > 1 and not word.text.isupper():
            pending.append(rules.free[keys.exact])
            continue
        parts.append(_part(i, word, keys, rules, len(found)))
        joints.append(tuple(filter(None, [*pending, word.joint.strip("'")])))
        pending = []
    if not any(part.heavy for part in parts):
        parts = [Part(rules.analyse_term(word.text)) for word in found]
        joints = [()] * len(parts)
    heavy = tuple(i for i, part in enumerate(parts) if part.heavy)
    return Pattern(tuple(parts), tuple(joints), len(found), heavy)


def _part(place: int, word: Word, keys: Analysis, rules: Grammar, length: int) -> Part:
    # The number of a code name is often left unsaid: COVID-19, Covid.
    number = word.text.isdigit() and place == 1 == length - 1 and word.joint == "-"
    classifier = bool(keys.inflections & rules.classifiers)
    return Part(
        keys,
        heavy=word.text not in rules.light and not number,
        telling=rules.telling(keys),
        classifier=classifier,
        generic=classifier or bool(keys.inflections & rules.generic),
        person=length > 1 and place == 0 and bool(keys.inflections & rules.persons),
    )


@lru_cache(maxsize=262144)
def headword(word: str, locale: str) -> str:
    """A cheap key for counting which words terms share: letters folded, the Arabic article off."""
    if grammar(locale).ordered:
        spelled = spelling(bare(word))
        return spelled[2:] if spelled.startswith("ال") and len(spelled) > 4 else spelled
    return word.lower()
