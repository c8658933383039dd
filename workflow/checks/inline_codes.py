"""Inline codes: the target has each code of the source, as often and in the same form, and they nest."""

from collections import Counter

from workflow.articles import codes
from workflow.messages import gettext_noop

from .findings import Finding

MISSING = gettext_noop("The code %(code)s of the source is missing.")
ADDED = gettext_noop("The code %(code)s is not in the source, or there too often.")
UNBALANCED = gettext_noop("The codes do not nest: each opened code must be closed, in the reverse order.")
EMPTIED = gettext_noop("There is no text between the codes %(code)s any more.")


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares the codes of source and target, both in text form."""
    wanted, had = _forms(source), _forms(target)
    found = []
    if not codes.balanced(target):
        found.append(Finding("codes_unbalanced", "error", UNBALANCED))
    for code, count in (wanted - had).items():
        found += [Finding("code_missing", "error", MISSING, {"code": code}, suggestion=code)] * count
    for code in had - wanted:
        found.append(Finding("code_added", "error", ADDED, {"code": code}))
    if not found:
        for mark in _empty(target) - _empty(source):
            found.append(Finding("code_emptied", "warning", EMPTIED, {"code": f"<{mark}></{mark}>"}))
    return found


def _forms(text: str) -> Counter[str]:
    """Each code in the form in which a person inserts it."""
    forms = {"open": "<{0}></{0}>", "standalone": "<{0}/>"}
    return Counter(forms[token.form].format(token.id) for token in codes.tokens(text) if token.form in forms)


def _empty(text: str) -> set[int]:
    return {
        mark.id
        for mark in codes.marks(codes.mended(text))[1]
        if mark.start == mark.end and not mark.standalone
    }
