"""Reads robots.txt as RFC 9309 says: the group that names us, the longest rule that matches."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

PRODUCT = "translationdesk"
LONGEST_DELAY = 60.0


@dataclass(frozen=True)
class Rules:
    """What a site asks of us: (allowed, pattern) pairs, and seconds between requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allow(self, address: str) -> bool:
        """Whether the page may be fetched; where two rules are as long, allowing wins."""
        parts = urlsplit(address)
        path = _spelling(parts.path or "/") + (f"?{_spelling(parts.query)}" if parts.query else "")
        matching = [(len(rule), allowed) for allowed, rule in self.rules if _matches(rule, path)]
        return max(matching)[1] if matching else True


def read(text: str) -> Rules:
    """The rules for us in the text of a robots.txt; whatever is not understood is passed over."""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    collecting = False
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        name, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = [*agents, value.lower()] if collecting else [value.lower()]
            collecting = True
            groups.setdefault(value.lower(), [])
        elif name in ("allow", "disallow", "crawl-delay"):
            collecting = False
            for agent in agents:
                groups[agent].append((name, value))
    ours = groups.get(PRODUCT, groups.get("*", []))
    return Rules(
        tuple((name == "allow", _spelling(value)) for name, value in ours if name != "crawl-delay" and value),
        max((_seconds(value) for name, value in ours if name == "crawl-delay"), default=0.0),
    )


def _matches(rule: str, path: str) -> bool:
    anchored = rule.endswith("$")
    # Runs of stars mean the same as one, and would make the pattern slow.
    pieces = re.split(r"\*+", rule.removesuffix("$"))
    at = 0
    for number, piece in enumerate(pieces):
        if number == 0:
            if not path.startswith(piece):
                return False
            at = len(piece)
        elif anchored and number == len(pieces) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        else:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
    return at == len(path) if anchored else True


def _spelling(text: str) -> str:
    """One spelling of percent-encoding, so that rule and path can be compared."""
    return quote(unquote_to_bytes(text), safe="/*$?&=:;,+@!'()~%")


def _seconds(value: str) -> float:
    return min(float(value), LONGEST_DELAY) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value) else 0.0
