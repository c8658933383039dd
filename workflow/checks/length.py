"""Length: a translation far shorter or longer than usual has lost a sentence or gained one."""

from workflow.messages import gettext_noop

from .findings import Finding

SHORT = gettext_noop(
    "The translation is much shorter than the source (%(percent)d %%): is something missing?"
)
LONG = gettext_noop("The translation is much longer than the source (%(percent)d %%): is something added?")

# Target characters per source character that 99.5 % of good human translations keep to, measured on
# newsroom pairs: (shortest, longest) for long texts; short ones get an allowance on top.
_BOUNDS = {"fr": (0.7, 1.75), "ar": (0.5, 1.35)}
_ALLOWANCE = 12


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares the lengths of plain texts; texts under 15 characters are not compared."""
    bounds = _BOUNDS.get(locale.split("-")[0])
    theirs, ours = len(source.strip()), len(target.strip())
    if bounds is None or theirs < 15 or not ours:
        return []
    percent = {"percent": round(100 * ours / theirs)}
    if ours < bounds[0] * theirs - _ALLOWANCE:
        return [Finding("length", "warning", SHORT, percent)]
    if ours > bounds[1] * theirs + _ALLOWANCE:
        return [Finding("length", "warning", LONG, percent)]
    return []
