"""Negation: a "not" of the source has something that denies in the target. Modest: a warning only."""

import re

from .findings import Finding, gettext_noop
from .number_words import folded

LOST = gettext_noop("“%(word)s” in the source: the translation does not seem to deny anything.")

# Only plain denials: "not only", "no later than", "no doubt" deny nothing.
_SOURCE = re.compile(
    r"\b(?:not|never|cannot|neither|nobody|nothing|no one|nowhere|without|\w+n['’]t)\b"
    r"(?!\s+(?:only|just|merely|simply|least|more than|later|until|unlike|to mention|yet))",
    re.I,
)
_IDIOMS = re.compile(
    r"why not|whether or not|if not\b|not (?:a few|least|far)|can(?:not|'t|’t) but|nothing (?:but|short)|never before",
    re.I,
)
_TARGET = {
    "fr": re.compile(
        r"\b(?:ne|non|pas|jamais|aucune?s?|rien|personne|ni|sans|nulle?|nullement|sauf|hormis|guère|plus|faute|refus\w*"
        r"|interdi\w*|empêch\w*|manqu\w*|absen\w*|exclu\w*|impossible|in\w{4,}|im[mp]\w{4,}|ill\w{3,}|irr\w{3,}|dé[sp]\w+"
        r"|hors|échou\w*|éch[ea]\w*|moins|cesse\w*|loin|seul\w*|priv\w*|éviter?|rare\w*|non-\w+)\b|\bn['’]",
        re.I,
    ),
    "ar": re.compile(
        r"(?:^|[^\w])[وفبكلأا]?[وفب]?(?:لا|لم|لن|ما|ليس\w*|لست\w*|لسن\w*|غير|دون|بدون|بلا|عدم|عديم\w*|الا|سوي|ابدا|قط|مطلقا"
        r"|ابي|رفض\w*|يرفض\w*|ترفض\w*|منع\w*|يمنع\w*|تعذر\w*|يتعذر|استحال\w*|يستحيل|مستحيل\w*|انعدام|غياب|نفي|ينفي|تنفي"
        r"|نفت|لات|كلا|لكيلا|لئلا|الّا|ليسوا|خارج|حال|افتقار|يفتقر\w*|فشل\w*|عجز\w*|خلو|خال|تفادي|لتفادي|تجنب\w*|بمنا[يى]"
        r"|لغير|بغير|اللا\w+|لا\w{3,}|لما|نادر\w*|فقط|انما|خلت|تخلو|يخلو|مجان\w*|محروم\w*|حظر\w*|يحظر|تحظر|حرمان)"
        r"(?![\w])"
    ),
}


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Looks for a denial in the plain target where the plain source has one."""
    pattern = _TARGET.get(locale.split("-")[0])
    match = _SOURCE.search(_IDIOMS.sub(lambda idiom: "x" * len(idiom[0]), source))
    if pattern is None or match is None:
        return []
    if pattern.search(folded(target) if locale.startswith("ar") else target):
        return []
    return [Finding("negation_lost", "warning", LOST, {"word": match[0]}, source_span=match.span())]
