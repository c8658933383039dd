"""Sets a machine's draft as a locale's typography wants it, so that people need not; meaning is untouched.

Works on text form: inline codes hold none of the marks. What it sets, punctuation.py accepts.
"""

import re

NBSP, NNBSP = "\u00a0", "\u202f"
_STRAIGHT = re.compile(r'"([^"]*)"')
_ARABIC = str.maketrans({",": "،", ";": "؛", "?": "؟"})
_BETWEEN_ARABIC = re.compile(r"(?<=[\u0600-\u06ff»)\">])[,;?](?=$|[\s<»\")])")


def set_type(text: str, locale: str) -> str:
    """The text with French spaces and quotation marks, or Arabic marks; other locales are left alone."""
    if locale.startswith("fr"):
        text = _STRAIGHT.sub(lambda quoted: f"«{NBSP}{quoted[1].strip()}{NBSP}»", text)
        text = re.sub(r"(?<=\S) (?=[:»%])", NBSP, text)
        text = re.sub(r"(?<=\S) (?=[;!?])", NBSP if locale == "fr-CA" else NNBSP, text)
        return re.sub(r"« ?(?=[^\s\u00a0\u202f])", f"«{NBSP}", text)
    if locale.startswith("ar"):
        return _BETWEEN_ARABIC.sub(lambda mark: mark[0].translate(_ARABIC), text)
    return text
