"""French words for the matcher: what a form may be an inflection of, and which words it is derived from."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from glossaries.matching.forms import Analysis
from glossaries.matching.wordlists import families as related
from glossaries.matching.wordlists import wordlist
from glossaries.matching.words import fold

LOCALE = "fr"
# Words a term may gain, lose or change without becoming another term, by what they may change into: du and de la are
# one; an article, a possessive or `et` counts for nothing.
FREE = {
    **dict.fromkeys(
        re.findall(r"\w+", "le la les l un une ce cette ces leur leurs son sa ses se s et ou y"), ""
    ),
    **dict.fromkeys(("du", "des", "de", "d"), "de"),
    **dict.fromkeys(("au", "aux", "à"), "à"),
    "en": "en",
}
_FEMININE = (
    ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"), ("ives", "if"), ("ive", "if"),
    ("elles", "el"), ("elle", "el"), ("ennes", "en"), ("enne", "en"), ("ères", "er"), ("ère", "er"),
    ("ales", "al"), ("ale", "al"), ("ques", "que"),
)  # fmt: skip
_SUFFIXES = sorted(wordlist(LOCALE, "endings"), key=lambda ending: (-len(ending), ending))
_RELATIVES: dict[str, frozenset[str]] = {}
for _family in related(LOCALE):
    for _member in _family:
        _RELATIVES[_member] = _RELATIVES.get(_member, frozenset()) | {f"={_family[0]}"}


@lru_cache(maxsize=65536)
def analyse(word: str, citation: bool = False) -> Analysis:
    """The keys of one French word (no apostrophe, no hyphen); `citation` says it stands in a term list.

    Accents are kept: arme is not armé. Capitals may have lost theirs (ECOLE, Etat), and so may words no dictionary
    knows; those meet a term's word under a key without accents.
    """
    lower = word.lower().replace("œ", "oe").replace("æ", "ae")
    inflections = {lower}
    known = _known(lower)
    for form in (word.lower(), *_singulars(word.lower())):
        for _ in range(2):
            form = str(simplemma.lemmatize(form, LOCALE)).lower()
            inflections.add(form.replace("œ", "oe").replace("æ", "ae"))
    inflections.update(_singulars(lower))
    inflections.update(_agents(lower))
    if not known:
        inflections.update(_masculines(lower))
    folded = frozenset(fold(form) for form in inflections)
    offers, seeks = _derivations(folded)
    if lower.rstrip("s").endswith(("é", "ée")) and len(lower) > 5:
        offers.add(f"verb:{fold(lower).rstrip('s').rstrip('e')}")
    # A verb in the present may look like a noun (il estime, une estime).
    if not citation and len(lower) > 5 and (finite := re.fullmatch("(.{4,}?)(?:e|es|ent)", fold(lower))):
        offers.add(f"verb:{finite[1]}")
    families = set()
    for form in folded:
        base = _base(form)
        if len(base) >= 5:
            families.add(base)
        families |= _RELATIVES.get(form, frozenset())
    surfaces = {lower}
    if citation or word[:1].isupper() or (not known and lower.isascii()):
        surfaces.add(f"~{fold(word)}")
        inflections |= {f"~{form}" for form in folded}
    return Analysis(
        lower,
        frozenset(surfaces),
        frozenset(inflections),
        frozenset(offers),
        frozenset(seeks),
        frozenset(families),
    )


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return bool(simplemma.is_known(word, LOCALE))


_ACTIONS = (
    "isation",
    "ification",
    "ation",
    "ition",
    "ution",
    "ction",
    "ion",
    "issement",
    "ement",
    "age",
    "ure",
    "e",
    "",
)
_RELATIONAL = (
    "ementaire",
    "emental",
    "ionnaire",
    "ionnel",
    "atoire",
    "iaire",
    "icole",
    "ical",
    "ique",
    "aire",
    "ial",
    "iel",
    "al",
    "el",
    "eux",
    "ier",
    "ien",
    "if",
)


def _derivations(forms: frozenset[str]) -> tuple[set[str], set[str]]:
    """What close relatives may call a word: propagation seeks propager, gouvernement seeks gouvernemental."""
    offers, seeks = set(), set()
    for form in forms:
        for ending in ("iser", "ifier", "ier", "er", "ir", "re"):
            base = form[: -len(ending)]
            if form.endswith(ending) and len(base) >= 4:
                offers.add(f"verb:{base}")
                seeks.add(f"action:{base}")
        for ending in _ACTIONS:
            base = form[: len(form) - len(ending)]
            if (
                form.endswith(ending)
                and len(base) >= 4
                and not form.endswith(("er", "ir", "re", "ant", "eur"))
            ):
                offers.add(f"action:{base}")
                seeks.add(f"verb:{base}")
        offers.add(f"noun:{form}")
        for ending in _RELATIONAL:
            base = form[: -len(ending)]
            if form.endswith(ending) and len(base) >= 4:
                seeks |= {f"noun:{base + more}" for more in _NOUN_ENDINGS[ending]}
        for relative in _RELATIVES.get(form, ()):
            offers.add(relative)
            seeks.add(relative)
        seeks |= {f"adjective:{form}"}
        offers |= {f"adjective:{noun[5:]}" for noun in seeks if noun.startswith("noun:")}
    return offers, seeks


_NOUN_ENDINGS = {
    "ementaire": ("ement",), "emental": ("ement",), "ionnaire": ("ion",), "ionnel": ("ion",), "iaire": ("ie", "e", ""),
    "ique": ("ie", "e", "", "isme", "ique"), "aire": ("e", "", "ite", "ation"), "ial": ("e", "", "ie"),
    "iel": ("e", "", "ie"), "al": ("e", "", "us", "ation"), "el": ("e", ""), "eux": ("e", "", "ion"),
    "if": ("e", "", "ion"), "ical": ("ie", "ique"), "atoire": ("ation",), "icole": ("iculture",), "ier": ("e", ""),
    "ien": ("ie",),
}  # fmt: skip


def _singulars(word: str) -> list[str]:
    if word.endswith("eaux"):
        return [word[:-1]]
    if word.endswith("aux"):
        return [word[:-3] + "al", word[:-3] + "ail"]
    if len(word) > 3 and word[-1] in "sx":
        return [word[:-1]]
    return []


def _agents(word: str) -> set[str]:
    """The masculine of a woman's trade, which dictionaries list apart: traductrices → traducteur."""
    stem = word.rstrip("s")
    for feminine, masculine in (
        ("trice", "teur"),
        ("euse", "eur"),
        ("iere", "ier"),
        ("ienne", "ien"),
        ("ante", "ant"),
        ("ente", "ent"),
        ("ée", "é"),
        ("ière", "ier"),
    ):
        if stem.endswith(feminine) and len(stem) - len(feminine) >= 3:
            return {stem[: -len(feminine)] + masculine}
    return set()


def _masculines(word: str) -> set[str]:
    stems = {word[: -len(end)] + masculine for end, masculine in _FEMININE if word.endswith(end)}
    bare = word.rstrip("s")
    if bare.endswith("e") and len(bare) > 4:
        stems.add(bare[:-1])
    stems.add(bare)
    return stems


@lru_cache(maxsize=65536)
def _base(form: str) -> str:
    """What is left of a form when derivational endings are off: communautaire, communauté → communaut."""
    while True:
        for suffix in _SUFFIXES:
            if form.endswith(suffix) and len(form) - len(suffix) >= 4:
                form = form[: -len(suffix)]
                break
        else:
            return re.sub(r"(.)\1$", r"\1", form)


def telling(keys: Analysis) -> bool:
    """Whether the base of a word is long enough for a shared base alone to speak for a derivation."""
    return bool(keys.families) and all(len(base) >= 6 for base in keys.families)
