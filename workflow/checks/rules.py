"""The registry of the quality checks, and the one call that runs them all on a unit."""

from collections.abc import Callable

from languages.digits import Digits
from workflow.articles import codes

from . import (
    brackets,
    characters,
    dates,
    digits,
    inline_codes,
    length,
    links,
    names,
    negation,
    numbers,
    punctuation,
    spelling,
    untranslated,
)
from .findings import Finding

Rule = Callable[[str, str, str], list[Finding]]

# On plain texts (codes dropped), so that spans are offsets in what a reader sees.
RULES: tuple[Rule, ...] = (
    numbers.check,
    dates.check,
    links.check,
    names.check,
    negation.check,
    punctuation.check,
    brackets.check,
    length.check,
    characters.check,
    spelling.check,
)


def check_unit(
    source: str, target: str, locale: str, draft: str | None = None, *, wanted_digits: Digits | None = None
) -> list[Finding]:
    """All findings for a unit, errors first; no findings for an empty target.

    Args:
        source, target, draft: text form, with inline codes; `draft` is the machine's text if there is one.
        locale: target locale, BCP 47.
        wanted_digits: what the newsroom writes in that language; None: either kind, but not both.
    """
    theirs, ours = codes.plain(source), codes.plain(target)
    if not ours.strip():
        return []
    found = inline_codes.check(source, target, locale)
    copied = untranslated.check(theirs, ours, locale)
    found += copied
    # A text left in English breaks every other rule as well; one finding says it.
    if not any(finding.check in ("copied", "wrong_script") for finding in copied):
        for rule in RULES:
            found += rule(theirs, ours, locale)
        found += digits.check(theirs, ours, wanted_digits)
    found += untranslated.untouched(target, draft)
    return sorted(found, key=lambda finding: finding.severity != "error")
