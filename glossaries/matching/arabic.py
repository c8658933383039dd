"""Arabic words for the matcher: spelling folded, clitics and endings peeled, broken plurals and roots compared."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from glossaries.matching.broken_plurals import plurals
from glossaries.matching.forms import Analysis
from glossaries.matching.letters import bare, spelling
from glossaries.matching.wordlists import wordlist
from glossaries.matching.words import fold

LOCALE = "ar"
_BROAD_ROOTS = wordlist(LOCALE, "broad_roots")
FREE = frozenset(["ال", "و", "ف", "ب", "ك", "ل"])


_PROCLITICS = ("", "ال", "و", "ف", "ب", "ك", "ل", "لل", "وال", "فال", "بال", "كال", "ولل", "فلل", "وبال", "فبال",
               "وكال", "وب", "ول", "وك", "فب", "فل", "س", "وس", "فس")  # fmt: skip
_ENCLITICS = ("", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "كما")
_BARE_LETTERS = frozenset(("و", "ف", "ب", "ك", "ل", "س", "وب", "ول", "وك", "فب", "فل", "وس", "فس"))


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return bool(simplemma.is_known(word, LOCALE))


@lru_cache(maxsize=65536)
def analyse(word: str, citation: bool = False) -> Analysis:
    """The keys of one Arabic word, or of a Latin word or a number inside Arabic text.

    `citation` says the word stands in a term list, where nothing but the article is written on to it.
    """
    plain = bare(word)
    if not ("\u0600" <= plain[:1] <= "\u06ff") or plain[:1].isdigit():
        folded = fold(plain)
        return Analysis(folded, frozenset((folded,)), frozenset((folded,)), frozenset())
    inflections: set[str] = set()
    stems = _citation(plain) if citation else _stems(plain)
    if citation:
        inflections |= {plural for stem in stems for plural in plurals(stem)}
    for stem in stems:
        for form in _numbers(stem):
            folded = spelling(form)
            lemma = spelling(str(simplemma.lemmatize(form, LOCALE))) if _known(form) else ""
            inflections.add(folded)
            inflections.update(filter(None, (lemma,)))
            if citation and lemma == folded and not folded.endswith("يه"):
                # A feminine noun of its own: men who are مدرس do not honour the term مدرسة.
                continue
            inflections.add(_masculine(folded))
            # مدرسة is also a woman who is a مدرس; its plural مدارس is never men.
            if lemma and folded.endswith(("ه", "ات")):
                inflections.add(_masculine(lemma))
    # The ي guessed for a defective plural (مدعون, مدع) makes no nisba.
    written = tuple(spelling(stem) for stem in stems)
    offers, seeks = _derivations(
        {form for form in inflections if not form.endswith("ي") or any(w.startswith(form) for w in written)}
    )
    families = {root for form in inflections for root in _roots(form)}
    return Analysis(
        spelling(plain), _surfaces(plain), frozenset(inflections), frozenset(offers), frozenset(seeks),
        frozenset(families),
    )  # fmt: skip


_AUGMENTED = re.compile("^(?:ا|[يتنم]|س[يتن])(ست.{3,4}|ن..{2,3}|.ت.{2,3})$")
# The third form: علاج, معالجة, يعالج.
_THIRD = re.compile("^(?:(?:م|س?[يتن])(.)ا(.)(.)|([^اوينتم])([^اوي])ا([^اوي]))$")
_SECOND = re.compile("^ت([^اوي].)ي(.)$")
_IMPERFECT = re.compile("^(?:س?[يتن])([^اوي][^اوي][^اوي])$")


def _derivations(forms: set[str]) -> tuple[set[str], set[str]]:
    """What close relatives may call a word: its nisba adjective, its verb and verbal noun."""
    offers, seeks = set(), set()
    for form in forms:
        if len(form) >= 3:
            offers.add(f"noun:{form}")
            seeks |= {f"nisba:{form}", f"nisba:{_masculine(form)}"}
        if form.endswith("ي") and len(form) >= 4:
            offers.add(f"nisba:{form[:-1]}")
            seeks.add(f"noun:{form[:-1]}")
        # Verb, verbal noun and participle of the longer forms: ينتشر, انتشار, منتشر → نتشر.
        if augmented := _AUGMENTED.match(form):
            stem = augmented[1]
            stem = stem[:-2] + stem[-1] if stem[-2] == "ا" else stem
            if len(stem) >= 4:
                offers.add(f"verb:{stem}")
                seeks.add(f"verb:{stem}")
        if third := _THIRD.match(form):
            stem = "".join(letter for letter in third.groups() if letter)
            offers.add(f"third:{stem}")
            seeks.add(f"third:{stem}")
        if second := _SECOND.match(form):
            seeks.add(f"finite:{second[1]}{second[2]}")
        if finite := _IMPERFECT.match(form):
            offers.add(f"finite:{finite[1]}")
    return offers, seeks


def _masculine(folded: str) -> str:
    """Feminine ending off: ثقافية and ثقافي are one adjective."""
    return folded[:-1] if len(folded) > 3 and folded.endswith("ه") else folded


def _surfaces(word: str) -> frozenset[str]:
    """The word as written and without the particles before it; لل is ل on a word with the article."""
    found = {word}
    for particle in ("و", "ف"):
        if word.startswith(particle) and len(word) > 3:
            found.add(word[1:])
    for start in tuple(found):
        if start.startswith("لل") and len(start) > 4:
            found |= {"ال" + start[2:], "الل" + start[2:]}
        elif start[:1] in ("ب", "ك", "ل", "س") and len(start) > 3:
            found.add(start[1:])
    return frozenset(spelling(form) for form in found)


def _citation(word: str) -> set[str]:
    """The word of a term list without the article and the particles written on it inside a longer term."""
    forms = {word}
    for particle in ("ال", "لل", "بال", "وال", "كال"):
        if word.startswith(particle) and len(word) - len(particle) >= 2:
            forms.add(word[len(particle) :])
    if word[0] in "وب" and not _known(word) and _known(word[1:]):
        forms.add(word[1:])
    return forms


def _stems(word: str) -> set[str]:
    """What may be left when particles before and pronouns after are off."""
    whole_known = _known(word)
    stems = {word}
    for proclitic in _PROCLITICS:
        if not word.startswith(proclitic):
            continue
        rest = word[len(proclitic) :]
        if len(rest) < 2:
            continue
        # One letter is a particle only where a word is left: ب is a particle in بأمان, part of the word in بلدية.
        if proclitic in _BARE_LETTERS and (whole_known or len(rest) < 4) and not _known(rest):
            continue
        stems.add(rest)
        if proclitic.endswith("لل"):
            stems.add("ل" + rest)
        for enclitic in _ENCLITICS[1:]:
            if (
                proclitic.endswith(("ال", "لل"))
                or not rest.endswith(enclitic)
                or len(rest) - len(enclitic) < 2
            ):
                continue
            host = rest[: -len(enclitic)]
            if len(host) < 3 and not _known(host):
                continue
            if len(enclitic) == 1 and whole_known and not _known(host):
                continue
            stems.add(host)
            if host.endswith("ت"):
                stems.add(host[:-1] + "ة")
            elif host.endswith("ا"):
                stems.add(host[:-1] + "ى")
            elif host.endswith(("ئ", "ؤ")):
                stems.add(host[:-1] + "ء")
    return stems


def _numbers(stem: str) -> set[str]:
    """Sound plurals, duals and accusatives brought back to the singular, beside the form itself."""
    forms = {stem}
    for ending, singulars in (
        ("تان", ("ة",)), ("تين", ("ة",)), ("ات", ("ة", "")), ("ان", ("",)), ("ين", ("", "ي")), ("ون", ("", "ي")),
        ("وا", ("",)), ("يون", ("ي",)), ("يين", ("ي",)), ("تا", ("ة",)), ("تي", ("ة",)), ("ا", ("", "ى")), ("ي", ("",)),
        ("و", ("", "ي")), ("يات", ("ي", "ية", "ى")), ("اوات", ("اء",)), ("ائي", ("اء",)),
    ):  # fmt: skip
        if stem.endswith(ending) and len(stem) - len(ending) >= 3 - (len(ending) > 1):
            # A lone ي, و or ا is an ending only where a known word is left (مركزا بيانات, مهندسو).
            for singular in singulars:
                candidate = stem[: -len(ending)] + singular
                if len(candidate) > 2 and (len(ending) > 1 or _known(candidate) or ending == "ا"):
                    forms.add(candidate)
    return forms


_WEAK = re.compile("[اويءه]")
_AUGMENTS = (
    "است",
    "مست",
    "يست",
    "تست",
    "ان",
    "من",
    "ين",
    "تن",
    "مت",
    "يت",
    "م",
    "ت",
    "ن",
    "ي",
    "ا",
    "س",
)


@lru_cache(maxsize=65536)
def _roots(form: str) -> frozenset[str]:
    """Consonant skeletons of three and more letters a form may be built on; weak letters do not count."""
    found = set()
    skeleton = _WEAK.sub("", form)
    if len(skeleton) >= 3:
        found.add(skeleton)
    for augment in _AUGMENTS:
        if form.startswith(augment):
            rest = _WEAK.sub("", form[len(augment) :])
            if len(rest) >= 3:
                found.add(rest)
    # The t of the eighth form stands after the first radical: انتشار → نشر.
    if len(form) > 3 and form[0] in "امين" and form[2:3] == "ت":
        rest = _WEAK.sub("", form[1] + form[3:])
        if len(rest) >= 3:
            found.add(rest)
    return frozenset(found)


def telling(keys: Analysis) -> bool:
    """Whether the root of a word is rare enough for a shared root alone to speak for a derivation."""
    return bool(keys.families) and not keys.families & _BROAD_ROOTS
