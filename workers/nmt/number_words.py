"""Numbers spelled out in English, French and Arabic: which values the words of a text can stand for.

Generous on purpose: it may clear a number of being lost, never accuse a draft. A run of number words gives
the value of the whole and of each of its parts ("two hundred and six": 206, 2, 100, 200, 6).
"""

import re
from functools import cache

_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "once": 1,
    "twice": 2, "both": 2, "pair": 2, "double": 2, "triple": 3, "dozen": 12, "half": 50, "quarter": 25,
    "a": 1, "an": 1, "hundred": 100, "decade": 10, "century": 100, "midnight": 0, "noon": 12, "midday": 12,
    "fortnight": 15, "biennial": 2, "triennial": 3,
}  # fmt: skip
_FR_ONES = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FR_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "nonante": 90,
}
_FR_MORE = {
    "une": 1, "premier": 1, "première": 1, "premiers": 1, "premières": 1, "second": 2, "seconde": 2,
    "double": 2, "demi": 50, "moitié": 50, "quart": 25, "neuvième": 9, "cinquième": 5, "cent": 100,
    "cents": 100, "vingts": 20, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
    "centaines": 100, "millier": 1000, "minuit": 0, "midi": 12, "siècle": 100, "décennie": 10,
}  # fmt: skip
_AR_ONES = {
    1: "واحد واحدة أحد إحدى أول أولى الأولى حادي حادية فاتح",
    2: "اثنان اثنين اثنتان اثنتين ثان ثاني ثانية ثنائي ثنائية اثنا اثني اثنتا اثنتي كلا كلتا كلتي",
    3: "ثلاث ثلاثة ثالث ثالثة ثلاثي ثلاثية", 4: "أربع أربعة رابع رابعة", 5: "خمس خمسة خامس خامسة",
    6: "ست ستة سادس سادسة", 7: "سبع سبعة سابع سابعة", 8: "ثمان ثماني ثمانية ثامن ثامنة",
    9: "تسع تسعة تاسع تاسعة", 10: "عشر عشرة عاشر عاشرة", 12: "دزينة ظهرا منتصف",
    20: "عشرون عشرين عشرينيات", 30: "ثلاثون ثلاثين ثلاثينيات", 40: "أربعون أربعين أربعينيات",
    50: "خمسون خمسين خمسينيات نصف", 60: "ستون ستين ستينيات",
    70: "سبعون سبعين سبعينيات", 80: "ثمانون ثمانين ثمانينيات", 90: "تسعون تسعين تسعينيات", 25: "ربع",
    100: "مئة مائة مئات قرن", 200: "مئتان مئتين مائتان مائتين", 2000: "ألفان ألفين ألفا ألفي",
    1000: "ألف آلاف", 2000000: "مليونان مليونين مليونا مليوني", 2000000000: "ملياران مليارين",
}  # fmt: skip

# Words that multiply the number before them.
SCALES = {
    "hundred": 100, "thousand": 1000, "thousands": 1000, "million": 10**6, "millions": 10**6,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "trillion": 10**12, "mille": 1000, "milliers": 1000,
    "milliard": 10**9, "milliards": 10**9,
    "ألف": 1000, "ألفا": 1000, "آلاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6, "مليار": 10**9,
    "مليارا": 10**9, "مليارات": 10**9, "بليون": 10**9, "تريليون": 10**12,
}  # fmt: skip

_MARKS = re.compile("[\u064b-\u0652\u0640]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = {"and", "et", "و", "de"}


@cache
def _words(locale: str) -> dict[str, int]:
    if locale == "en":
        words = {word: value for value, word in enumerate(_EN_ONES.split())}
        words |= {word + "th": value for value, word in enumerate(_EN_ONES.split())}
        words |= {word: 20 + 10 * index for index, word in enumerate(_EN_TENS.split())}
        words |= {word[:-1] + "ieth": 20 + 10 * index for index, word in enumerate(_EN_TENS.split())}
        words |= {word[:-1] + "ies": 20 + 10 * index for index, word in enumerate(_EN_TENS.split())}
        return words | _EN_ORDINALS | {"hundredth": 100, "thousandth": 1000, "tens": 10, "hundreds": 100}
    if locale == "fr":
        words = {word: value for value, word in enumerate(_FR_ONES.split())} | _FR_TENS
        words |= {word.removesuffix("e") + "ième": value for word, value in list(words.items())}
        return words | _FR_MORE
    if locale == "ar":
        return {word: value for value, forms in _AR_ONES.items() for word in forms.split()}
    return {}


def spelled(text: str, locale: str) -> frozenset[int]:
    """Values that the number words of `text` can stand for, scale words multiplied in."""
    locale = locale.split("-")[0]
    words = _words(locale)
    text = _MARKS.sub("", text.lower())
    if locale == "fr":
        text = re.sub(r"quatre-vingts?", "huitante", text)
        words = words | {"huitante": 80, "huitantième": 80}
    values: set[int] = set()
    run: list[int] = []
    end = -1
    for match in _WORD.finditer(text):
        word = match.group()
        value = _lookup(word, words, locale)
        adjoining = end >= 0 and not text[end : match.start()].strip(" \u00a0-")
        if value is None:
            if not (word in _JOINERS and adjoining):
                _close(run, values)
        else:
            if run and not adjoining:
                _close(run, values)
            run.append(value)
        end = match.end()
    _close(run, values)
    if locale == "fr":
        values |= _roman(text)
    return frozenset(values)


def _lookup(word: str, words: dict[str, int], locale: str) -> int | None:
    for form in _bare(word) if locale == "ar" else (word,):
        if form in words:
            return words[form]
        if form in SCALES:
            return SCALES[form]
        for hundred in ("مئة", "مائة") if locale == "ar" else ():
            if form.endswith(hundred) and (head := words.get(form.removesuffix(hundred))):
                return head * 100
    return None


def _bare(word: str) -> tuple[str, ...]:
    """An Arabic word without the clitics before it: conjunction, preposition, article."""
    forms = [word]
    if word[:1] in "وف" and len(word) > 3:
        forms.append(word[1:])
    for form in list(forms):
        if form[:1] in "بكل" and len(form) > 3:
            forms.append(form[1:])
    for form in list(forms):
        if form.startswith("ال") or (form.startswith("ل") and len(form) > 4):
            forms.append(form[2:])
    return tuple(dict.fromkeys(forms))


def _close(run: list[int], values: set[int]) -> None:
    """Adds what a run of number words can mean: its parts, its parts summed, its whole."""
    for first in range(len(run)):
        total = part = 0
        for value in run[first : first + 8]:
            if value >= 100 and value in (100, 1000, 10**6, 10**9, 10**12):
                part = max(part, 1) * value
                if value >= 1000:
                    total, part = total + part, 0
            else:
                part += value
            values |= {value, total + part}
    run.clear()


def _roman(text: str) -> set[int]:
    """Centuries and ordinals in Roman numerals, as French writes them: « XXIe siècle »."""
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    found = set()
    for match in re.finditer(r"\b([ivxlc]+)(?:e|er|ère|ème)?\b", text):
        row = [digits[letter] for letter in match.group(1)]
        found.add(sum(-a if b > a else a for a, b in zip(row, [*row[1:], 0], strict=True)))
    return found
