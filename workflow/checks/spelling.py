"""Spelling, where a hunspell dictionary of the language is on the machine (Debian: hunspell-fr); else nothing.

Names and the source's own words are not for a dictionary to judge. French only, since in Arabic, which has no
capitals, names cannot be told apart: with hunspell-ar one word in thirty of good translations would be reported
(benchmarks/checks.py measures this).
"""

import os
import re
from functools import cache, lru_cache
from pathlib import Path

from hunspell import Hunspell

from languages.addresses import blanked
from workflow.messages import gettext_noop

from .findings import Finding

UNKNOWN = gettext_noop("“%(word)s” is in no dictionary.")

_DICTIONARIES = {"fr": ("fr_FR", "fr")}
# Not behind a digit ("1er", "2e"), nor beside letters of another script.
_LETTER = "[a-zA-ZÀ-ÖØ-öø-ÿŒœ]"
_WORD = re.compile(rf"(?<!\w){_LETTER}+(?:['’-]{_LETTER}+)*(?!\w)")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
# Finding what was meant takes far longer than finding that it is wrong.
_SUGGESTED = 2
_REMEMBERED = 2000


@cache
def _dictionary(language: str) -> Hunspell | None:
    folder = Path(os.environ.get("SPELLING_DIR", "/usr/share/hunspell"))
    for name in _DICTIONARIES.get(language, ()):
        if (folder / f"{name}.dic").exists() and (folder / f"{name}.aff").exists():
            return Hunspell(name, hunspell_data_dir=str(folder))
    return None


@lru_cache(maxsize=_REMEMBERED)
def _meant(dictionary: Hunspell, word: str) -> str | None:
    return next(iter(dictionary.suggest(word)), None)


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Words of a plain target text that the dictionary does not have, each once."""
    dictionary = _dictionary(locale.split("-")[0])
    if dictionary is None:
        return []
    theirs = set(_WORD.findall(source.lower()))
    text = blanked(target)
    found: dict[str, Finding] = {}
    for match in _WORD.finditer(target):
        elided = _ELIDED.match(match.group())
        start = match.start() + (elided.end() if elided else 0)
        word = target[start : match.end()]
        name = not word.islower() or text[match.start() : match.end()] != match.group()
        if name or word in found or word in theirs:
            continue
        if not dictionary.spell(word.replace("’", "'")):
            meant = _meant(dictionary, word) if len(found) < _SUGGESTED else None
            found[word] = Finding(
                "spelling", "warning", UNKNOWN, {"word": word}, None, (start, match.end()), meant
            )
    return list(found.values())
