"""What a check reports: one finding, plain data that survives JSON."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]
Span = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """One thing a check noticed.

    `message` is an English message with %(name)s places for `params`. Spans are character offsets in the
    plain text of source and target (codes dropped); None where no place can be named. `suggestion` is text
    to put at the target span (or to insert, where there is none).
    """

    check: str
    severity: Severity
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    source_span: Span | None = None
    target_span: Span | None = None
    suggestion: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` is the inverse."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Finding":
        """The finding from `as_dict`, also after a round through JSON (lists become spans again)."""
        spans = {
            name: (int(value[0]), int(value[1])) if (value := data.get(name)) else None
            for name in ("source_span", "target_span")
        }
        return cls(
            check=data["check"],
            severity=data["severity"],
            message=data["message"],
            params=dict(data.get("params") or {}),
            suggestion=data.get("suggestion"),
            **spans,
        )

    def __str__(self) -> str:
        return self.message % self.params


def named(finding: dict[str, Any]) -> str:
    """What tells this finding from the others of its unit: its check and params, the same after JSON."""
    return json.dumps([finding["check"], finding["params"]], sort_keys=True, ensure_ascii=False)
