"""Every kind of finding has a name."""

import ast
import json
from pathlib import Path

from workflow.checks.kinds import KINDS

ROOT = Path(__file__).parents[2]


def test_what_the_checks_report_has_a_name() -> None:
    reported = {"term_missing", "term_forbidden"}
    for path in (ROOT / "workflow" / "checks").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "_finding"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    reported.add(first.value)
    for line in (Path(__file__).parent / "labelled.jsonl").read_text().splitlines():
        reported |= {found[0] if isinstance(found, list) else found for found in json.loads(line)["findings"]}
    assert len(reported) > 30
    assert reported <= set(KINDS)
