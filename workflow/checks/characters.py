"""Characters that do harm: hidden controls of writing direction, stretched letters, broken encodings."""

import re

from workflow.messages import gettext_noop

from .findings import Finding

BIDI = gettext_noop("There is a hidden control of the writing direction (%(code)s).")
TATWEEL = gettext_noop("There is a stretched letter (tatweel); search engines do not find such words.")
INVISIBLE = gettext_noop("There is an invisible character (%(code)s).")
BROKEN = gettext_noop("“%(letters)s” looks like a broken encoding.")

_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# Before figures, quotation marks and Latin letters the stretched lam or ba is good usage: لـ160.
_TATWEEL = re.compile("(?<=[\u0621-\u064a])\u0640+(?=[\u0621-\u064a])")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\ufffc\u0000-\u0008\u000b\u000c\u000e-\u001f]")
_BROKEN = re.compile("\ufffd+|Ã[\u0080-\u00bf©¨ª«´®¯§]|â€[™œ\u009d“”]|[ØÙ][\u0080-\u00bf§±´¹]")


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Looks for harmful characters in a plain target text. Each kind is reported once."""
    found = []
    for name, pattern, message in (
        ("bidi_control", _BIDI, BIDI),
        ("tatweel", _TATWEEL, TATWEEL),
        ("invisible", _INVISIBLE, INVISIBLE),
        ("broken_encoding", _BROKEN, BROKEN),
    ):
        match = pattern.search(target)
        if match is None or match[0] in source:
            continue
        params = {"code": f"U+{ord(match[0][0]):04X}"} if "code" in message else {}
        if name == "broken_encoding":
            params = {"letters": match[0]}
        removable = None if name == "broken_encoding" else ""
        severity = "error" if name == "broken_encoding" else "warning"
        found.append(
            Finding(
                name,
                "error" if severity == "error" else "warning",
                message,
                params,
                None,
                match.span(),
                removable,
            )
        )
    return found
