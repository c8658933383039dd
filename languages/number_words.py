"""Number words of English, French and Arabic with their values: data for numerals.py."""

import re
import unicodedata
from decimal import Decimal

from .letters import VOWEL_SIGNS, folded

WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{VOWEL_SIGNS}])*")

# Words that are as often no number at all (a second, a quarter of the town, the one who) are left out on the
# English side, where a missed number matters; on the other sides more words only make the check milder.
ENGLISH = {
    "zero": 0, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 10**6,
    "billion": 10**9, "trillion": 10**12, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "one": 1, "two": 2, "first": 1,
    "second": 2, "third": 3, "dozen": 12,
}  # fmt: skip

FRENCH = {
    "zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70,
    "nonante": 90, "cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6,
    "milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12, "dizaine": 10,
    "dizaines": 10, "douzaine": 12, "douzaines": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100,
    "millier": 1000, "milliers": 1000, "premier": 1, "première": 1, "premiers": 1, "premières": 1,
    "second": 2, "seconde": 2, "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6,
    "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10, "onzième": 11, "douzième": 12,
    "treizième": 13, "quatorzième": 14, "quinzième": 15, "seizième": 16, "vingtième": 20, "trentième": 30,
    "quarantième": 40, "cinquantième": 50, "soixantième": 60, "centième": 100, "millième": 1000,
    "unième": 1,
    "tiers": 3, "quart": 4, "quarts": 4, "double": 2, "triple": 3, "midi": 12, "minuit": 0,
    "bicentenaire": 200,
    "centenaire": 100, "cinquantenaire": 50, "décennie": 10, "trimestre": 3, "triennal": 3,
    "triennale": 3, "quadriennal": 4, "quinquennal": 5,
    "quinquennale": 5, "décennal": 10, "décennale": 10, "tridimensionnel": 3, "tridimensionnelle": 3,
    "semestre": 6,
}  # fmt: skip

# Arabic words as `folded` leaves them: no vowel signs, one alef, ya for alef maqsura, ha for ta marbuta.
_ARABIC_STEMS = {
    "صفر": 0, "واحد": 1, "واحدا": 1, "ثلاثي": 3, "ثلاثيه": 3, "رباعي": 4, "رباعيه": 4, "خماسي": 5,
    "خمسيه": 5, "عشريه": 10,
     "واحده": 1, "احد": 1, "احدي": 1, "حادي": 1, "حاديه": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2,
    "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5,
    "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9,
    "تسعه": 9,
    "عشر": 10, "عشره": 10, "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40,
    "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80, "ثمانين": 80,
    "تسعون": 90, "تسعين": 90, "مائه": 100, "مئه": 100, "مايه": 100, "مئات": 100, "مائتان": 200,
    "مائتين": 200,
    "مئتان": 200, "مئتين": 200, "مائتي": 200, "مئتي": 200, "مائتا": 200, "مئتا": 200, "الف": 1000,
    "الاف": 1000,
    "الفا": 1000, "الفان": 2000, "الفين": 2000, "الفي": 2000, "مليون": 10**6, "ملايين": 10**6,
    "مليونا": 10**6, "مليونان": 2 * 10**6, "مليوني": 2 * 10**6, "مليونين": 2 * 10**6, "مليار": 10**9,
    "مليارا": 10**9, "مليارات": 10**9, "ملياران": 2 * 10**9, "ملياري": 2 * 10**9, "مليارين": 2 * 10**9,
    "تريليون": 10**12, "اول": 1, "اولي": 1, "فاتح": 1, "ثاني": 2, "ثانيه": 2, "ثان": 2, "ثالث": 3,
    "ثالثه": 3, "رابع": 4,
    "رابعه": 4, "خامس": 5, "خامسه": 5, "سادس": 6, "سادسه": 6, "سابع": 7, "سابعه": 7, "ثامن": 8, "ثامنه": 8,
    "تاسع": 9, "تاسعه": 9, "عاشر": 10, "عاشره": 10, "عشرات": 10, "عقدين": 20,
    "عشرينات": 20, "ثلاثينات": 30, "اربعينات": 40, "خمسينات": 50, "ستينات": 60,
    "سبعينات": 70, "ثمانينات": 80, "تسعينات": 90, "عشرينيات": 20, "ثلاثينيات": 30, "اربعينيات": 40,
    "خمسينيات": 50, "ستينيات": 60, "سبعينيات": 70,
    "ثمانينيات": 80, "تسعينيات": 90, "ثلث": 3, "ثلثي": 3, "ثلثا": 3, "ربع": 4, "ارباع": 4, "خمسا": 5,
    "خمسي": 5, "اخماس": 5,
    "خمسمائه": 500, "ثلاثمائه": 300, "اربعمائه": 400, "ستمائه": 600, "سبعمائه": 700, "ثمانمائه": 800,
    "ثمانيمائه": 800, "تسعمائه": 900, "ثلاثمئه": 300, "اربعمئه": 400, "خمسمئه": 500, "ستمئه": 600,
    "سبعمئه": 700, "ثمانمئه": 800, "تسعمئه": 900,
}  # fmt: skip
_CLITICS = ("", "ال", "و", "وال", "ب", "بال", "ف", "فال", "ل", "لل", "ك", "كال", "وب", "وبال", "ول", "ولل")
ARABIC = {clitic + stem: value for clitic in _CLITICS for stem, value in _ARABIC_STEMS.items()}

# Words that are no numbers but that a figure may stand for in the other language.
_ENGLISH_IMPLIED = {
    "half": (50, Decimal("0.5"), 2), "quarter": (25, 4), "quarters": (75, 4), "third": (33, 3),
    "thirds": (66, 67, 3), "noon": (12,), "midnight": (0, 24), "dozen": (12,), "dozens": (10, 12),
    "decade": (10,), "decades": (10,), "century": (100,), "centuries": (100,), "twice": (2,),
    "double": (2,), "doubled": (2,), "tripled": (3,), "triple": (3,), "quadrupled": (4,),
    "fortnight": (14, 15), "fortnightly": (14, 15), "hundred": (100,), "hundreds": (100,),
    "thousand": (1000,), "thousands": (1000,), "million": (10**6,), "centenary": (100,),
    "bicentenary": (200,), "daily": (24,), "clock": (24,), "couple": (2,), "pair": (2,), "once": (1,),
    "single": (1,), "tens": (10,), "millennium": (1000,), "millennia": (1000,), "hourly": (1,),
    "semester": (6,), "nil": (0,), "none": (0,), "no": (0,),
    "midday": (12,), "both": (2,), "biennial": (2,), "triennial": (3,), "a": (1,), "an": (1,),
}  # fmt: skip
_ENGLISH_IMPLIED |= {
    f"{tens}ies": (10 * at, 1900 + 10 * at)
    for at, tens in enumerate(["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"], start=2)
}
_FRENCH_IMPLIED = {
    "demi": (50, 30, Decimal("0.5")), "demie": (50, 30), "moitié": (50,), "quart": (25, 15), "siècle": (100,),
}  # fmt: skip
_ARABIC_IMPLIED = {
    clitic + stem: values
    for clitic in _CLITICS
    for stem, values in {
        "نصف": (50, 30, Decimal("0.5")), "ربع": (25, 15), "قرن": (100,), "ظهرا": (12,), "منتصف": (12,),
        "دزينه": (12,), "كلا": (2,), "كلتا": (2,), "كلتي": (2,), "ثنائي": (2,), "ثنائيه": (2,),
    }.items()
}  # fmt: skip
# Only after a figure are these surely numbers: "3 billions", "3bn", but "millions of people".
_SCALES = {"thousands": 1000, "millions": 10**6, "billions": 10**9, "bn": 10**9}


def words_of(locale: str) -> dict[str, int]:
    """The number words of a locale, lower case (folded for Arabic)."""
    return {"ar": ARABIC, "fr": FRENCH}.get(locale.split("-")[0], ENGLISH)


def key(word: str, locale: str) -> str:
    """How a word is looked up in `words_of`."""
    return folded(word) if locale.startswith("ar") else unicodedata.normalize("NFC", word.lower())


def scale(word: str, locale: str) -> int | None:
    """What a word right after a figure multiplies it by ("million"), if it does."""
    name = key(word, locale)
    value = _SCALES.get(name) or words_of(locale).get(name, 0)
    return value if value >= 1000 and value % 1000 == 0 else None


def implied(text: str, locale: str) -> set[Decimal]:
    """The values of words that are no numbers: a faithful translation may write "half" as 50 %."""
    known = {"ar": _ARABIC_IMPLIED, "fr": _FRENCH_IMPLIED}.get(locale.split("-")[0], _ENGLISH_IMPLIED)
    return {Decimal(value) for word in WORD.findall(text) for value in known.get(key(word, locale), ())}
