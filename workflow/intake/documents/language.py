"""Guesses the language of a text, to ask "this does not look English, is it?" before taking it in.

py3langid: a naive Bayes model that comes inside the package, no downloads; about a second to load on first
use, a millisecond a text afterwards. Only languages a newsroom may receive are considered, which makes short
texts safer.
"""

import functools
from dataclasses import dataclass
from typing import Any

CANDIDATES = (
    "ar", "de", "en", "es", "fa", "fr", "ha", "id", "it", "ms",
    "nl", "pt", "ru", "so", "sw", "tr", "ur", "uz", "zh",
)  # fmt: skip
UNKNOWN = "und"
_SURE = 0.5
_READ = 5_000
_SHORT = 20


@dataclass(frozen=True)
class Guess:
    """A language as BCP 47 code ("und" where the text says too little), and how sure it is, 0 to 1."""

    locale: str
    confidence: float


def detect(text: str) -> Guess:
    """The language of a plain text; its first 5,000 characters are read.

    A short text in Latin letters that no language claims is taken for English, with a low confidence: a
    headline of names and acronyms belongs to none, and asking about it helps nobody.
    """
    sample = text[:_READ]
    words = [word for word in sample.split() if any(character.isalpha() for character in word)]
    if not words:
        return Guess(UNKNOWN, 0.0)
    found, probability = _identifier().classify(sample)
    confidence = round(float(probability), 3)
    if confidence >= _SURE:
        return Guess(str(found), confidence)
    latin = all(character < "\u0250" for character in sample if character.isalpha())
    return Guess("en" if latin and len(words) < _SHORT else UNKNOWN, confidence)


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in CANDIDATES if code in identifier.labels])
    return identifier
