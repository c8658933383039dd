"""Negation: a "not" of the source has something that denies in the target. Modest: a warning only."""

import re

from languages.letters import folded
from workflow.messages import gettext_noop

from .findings import Finding

LOST = gettext_noop("“%(word)s” in the source: the translation does not seem to deny anything.")

# Only plain denials: "not only", "no later than", "no doubt" deny nothing.
_SOURCE = re.compile(
    r"\b(?:not|never|cannot|neither|nobody|nothing|no one|nowhere|without|\w+n['’]t)\b"
    r"(?!\s+(?:only|just|merely|simply|least|more than|later|until|unlike|to mention|yet))",
    re.I,
)
_IDIOMS = re.compile(
    r"why not|whether or not|if not\b|not (?:a few|least|far)|can(?:not|'t|’t) but|nothing (?:but|short)"
    r"|never before",
    re.I,
)
_DENIALS = {
    "fr": """
        ne non pas jamais aucun aucune aucuns aucunes rien personne ni sans nul nulle
        nullement sauf hormis guère impossible impossibles incapable incapables insuffisant
        insuffisante inutile inutiles invisible inconnu inconnue inachevé inachevée inchangé
        inchangée introuvable introuvables hors faute moins manque manquent absence absent
        interdit interdite interdire refuse refusé exclu exclut exclure empêche empêcher
        empêché échoue échoué échapper éviter cesse privé privée privés privant privation
        dépourvu dépourvue dépourvus dépourvues gratuitement gratuit insu anonymat
        indépendamment
    """,
    "ar": """
        لا لم لن ما ليس ليست ليسوا لست لسنا ليسا غير دون بدون بلا عدم عديم عديمه الا سوي
        ابدا قط مطلقا رفض رفضت يرفض ترفض منع منعت يمنع تعذر يتعذر استحال يستحيل مستحيل
        مستحيله انعدام غياب نفي ينفي تنفي نفت كلا لكيلا لئلا افتقار يفتقر تفتقر فشل عجز عجزت
        عجزوا تفادي تجنب محروم محرومين حظر يحظر تحظر خلو خال خاليه يخلو تخلو انما نادرا لولا
        لولاه لولاها مجانا خارج حرمان
    """,
}
_WORD = re.compile(r"\w+")
_PREFIXES = frozenset(
    ["و", "ف", "ب", "ل", "ك", "ا", "ال", "وب", "ول", "فل", "وال", "بال", "لل", "اف", "او", "فب", "من"]
)
_denials = {locale: frozenset(words.split()) for locale, words in _DENIALS.items()}


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Looks for a denial in the plain target where the plain source has one."""
    words = _denials.get(locale.split("-")[0])
    match = _SOURCE.search(_IDIOMS.sub(lambda idiom: "x" * len(idiom[0]), source))
    if words is None or match is None or _denies(target, locale, words):
        return []
    return [Finding("negation_lost", "warning", LOST, {"word": match[0]}, source_span=match.span())]


def _denies(target: str, locale: str, words: frozenset[str]) -> bool:
    if not locale.startswith("ar"):
        elided = re.search(r"\bn['’]", target, re.I)
        return bool(elided) or any(word in words for word in _WORD.findall(target.lower()))
    for word in _WORD.findall(folded(target)):
        if word in words or word.startswith("اللا"):
            return True
        if any(word[at:] in words for at in (1, 2, 3) if word[:at] in _PREFIXES):
            return True
    return False
