"""Arabic words for the matcher: spelling folded, clitics and endings peeled, broken plurals and roots compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import simplemma

from glossaries.matching.forms import Analysis
from glossaries.matching.words import ascii_digits, fold

LOCALE = "ar"
FREE = frozenset("ال و ف ب ك ل".split())
LIGHT = frozenset("في من على إلى عن مع بين ذات ذو ذي ما أو ضد لدى عبر نحو حول".split())

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "ء", "ئ": "ء",
                          "ی": "ي", "ک": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج"})  # fmt: skip
_PROCLITICS = ("", "ال", "و", "ف", "ب", "ك", "ل", "لل", "وال", "فال", "بال", "كال", "ولل", "فلل", "وبال", "فبال",
               "وكال", "وب", "ول", "وك", "فب", "فل", "س", "وس", "فس", "أ")  # fmt: skip
_ENCLITICS = ("", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "كما")
_BARE_LETTERS = frozenset(("و", "ف", "ب", "ك", "ل", "س", "وب", "ول", "وك", "فب", "فل", "وس", "فس", "أ"))


def bare(word: str) -> str:
    """A word without vowel marks, tatweel and joiners."""
    return _MARKS.sub("", unicodedata.normalize("NFC", word))


def spelling(word: str) -> str:
    """A bare word in the one spelling used for comparing: alef, ya, ta marbuta and hamza seats folded."""
    return ascii_digits(word.translate(_LETTERS))


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return bool(simplemma.is_known(word, LOCALE))


@lru_cache(maxsize=65536)
def analyse(word: str) -> Analysis:
    """The keys of one Arabic word, or of a Latin word or a number inside Arabic text."""
    plain = bare(word)
    if not ("\u0600" <= plain[:1] <= "\u06ff") or plain[:1].isdigit():
        folded = fold(plain)
        return Analysis(folded, frozenset((folded,)), frozenset())
    inflections: set[str] = set()
    for stem in _stems(plain):
        for form in _numbers(stem):
            inflections.add(_gender(spelling(form)))
            if _known(form):
                inflections.add(_gender(spelling(str(simplemma.lemmatize(form, LOCALE)))))
    families = {root for form in inflections for root in _roots(form)}
    return Analysis(spelling(plain), frozenset(inflections), frozenset(families))


def _gender(folded: str) -> str:
    """Feminine ending off: ثقافية and ثقافي are one adjective."""
    return folded[:-1] if len(folded) > 3 and folded.endswith("ه") else folded


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
            if proclitic.endswith(("ال", "لل")) or not rest.endswith(enclitic) or len(rest) - len(enclitic) < 3:
                continue
            host = rest[: -len(enclitic)]
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
        ("يون", ("ي",)), ("يين", ("ي",)), ("تا", ("ة",)), ("تي", ("ة",)), ("ا", ("", "ى")), ("ي", ("",)),
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
_AUGMENTS = ("است", "مست", "يست", "تست", "ان", "من", "ين", "تن", "مت", "يت", "م", "ت", "ن", "ي", "ا", "س")


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
