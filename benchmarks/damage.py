"""Ways in which a good translation goes wrong, each to be found by one check: for benchmarks/checks.py."""

import re
from collections.abc import Callable

Damage = Callable[[str, str], str]

_FIGURE = re.compile(r"(?<![\w.,\u00a0])(?:[3-9]\d*|[12]\d+)(?:[\u00a0., ]\d{3})*(?![\w.,]*\d)")
_MONTHS = {"fr": ("janvier", "juin", "juillet", "octobre"), "ar": ("يناير", "يونيو", "يوليو", "أكتوبر")}
_DAYS = {"fr": ("lundi", "mardi", "jeudi", "samedi"), "ar": ("الاثنين", "الثلاثاء", "الخميس", "السبت")}


def _another_figure(source: str, target: str) -> str:
    return _FIGURE.sub(lambda figure: str(int(re.sub(r"\D", "", figure[0])) * 3 + 7), target, count=1)


def _without_figure(source: str, target: str) -> str:
    return _FIGURE.sub("", target, count=1)


def _next_of(words: tuple[str, ...]) -> Damage:
    def damage(source: str, target: str) -> str:
        for at, word in enumerate(words):
            if word in target:
                return target.replace(word, words[(at + 1) % len(words)])
        return target

    return damage


def _affirmed(source: str, target: str) -> str:
    """French without ne … pas, Arabic without its particle, where the source has a plain "not"."""
    if not re.search(r"\b(?:not|never|cannot)\b(?! only)", source):
        return target
    french = re.sub(r"\b(?:ne |n')", "", re.sub(r" (?:pas|jamais)\b", "", target))
    return re.sub(r"(?:^|(?<= ))([وف]?)(?:لا|لم|لن|ليس|ليست|غير) ", r"\1", french)


def _first_half(source: str, target: str) -> str:
    words = target.split(" ")
    return " ".join(words[: len(words) * 2 // 5]) if len(words) > 15 else target


def _left_in_english(source: str, target: str) -> str:
    english, words = source.split(" "), target.split(" ")
    return (
        " ".join([*words[:3], *english[3:10], *words[10:]]) if min(len(english), len(words)) > 12 else target
    )


def _replaced(old: str, new: str, count: int = 1) -> Damage:
    return lambda source, target: target.replace(old, new, count)


def _name_gone(source: str, target: str) -> str:
    return re.sub(r"\b(M\.|Mme) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", r"le responsable", target)


# name of the damage: (how, the checks that may report it, locales)
DAMAGES: dict[str, tuple[dict[str, Damage], tuple[str, ...]]] = {
    "figure changed": (
        {"fr": _another_figure, "ar": _another_figure},
        ("number_changed", "number_lost", "number_added"),
    ),
    "figure dropped": ({"fr": _without_figure, "ar": _without_figure}, ("number_lost", "number_changed")),
    "month changed": ({locale: _next_of(words) for locale, words in _MONTHS.items()}, ("month",)),
    "weekday changed": ({locale: _next_of(words) for locale, words in _DAYS.items()}, ("weekday",)),
    "negation dropped": ({"fr": _affirmed, "ar": _affirmed}, ("negation_lost",)),
    "most of it dropped": ({"fr": _first_half, "ar": _first_half}, ("length",)),
    "left in English": ({"fr": _left_in_english, "ar": _left_in_english}, ("partly_copied",)),
    "question no more": ({"fr": _replaced("\u00a0?", "."), "ar": _replaced("؟", ".")}, ("end_mark",)),
    "quotation unclosed": ({"fr": _replaced("\u00a0»", ""), "ar": _replaced('"', "")}, ("unclosed",)),
    "plain spaces": ({"fr": _replaced("\u00a0", " ", -1)}, ("french_space",)),
    "Latin commas": ({"ar": _replaced("،", ",", -1)}, ("latin_mark",)),
    "person's name gone": ({"fr": _name_gone}, ("name_lost",)),
    "all in English": ({"fr": lambda s, t: s, "ar": lambda s, t: s}, ("copied",)),
}
