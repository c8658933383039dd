"""With no network at all, a newsroom that is set up drafts its articles."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from .newsroom import ROOT, Newsroom

pytestmark = [
    pytest.mark.worker,
    pytest.mark.skipif(
        shutil.which("unshare") is None or os.geteuid() != 0,
        reason="only root can take the network away (unshare)",
    ),
]

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.e2e.newsroom import Newsroom
room = Newsroom(Path({var!r}))
room.start("broker", "mt", "default", "scheduler")
try:
    print(room.manage("submit", *{files!r}, "--wait", "--timeout", "240", "--json"))
finally:
    room.stop()
"""


def test_drafting_needs_no_network(tmp_path: Path) -> None:
    files = [str(path) for path in sorted((ROOT / "workflow" / "demo" / "newsroom").glob("*.md"))]
    with tempfile.TemporaryDirectory(prefix="desk-e2e-") as var:
        Newsroom(Path(var)).manage("setup")
        script = SCRIPT.format(root=str(ROOT), var=var, files=files)
        done = subprocess.run(
            ["unshare", "--net", sys.executable, "-c", script],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=280,
        )
        if "unshare failed" in done.stderr:
            pytest.skip("this machine does not let go of its network")
        assert done.returncode == 0, done.stderr[-3000:]
        told = json.loads(done.stdout)
        assert len(told["articles"]) == len(files)
        for article in told["articles"]:
            for translation in article["translations"]:
                assert translation["state"] == "in_review"
                assert translation["units"]["draft"] > 0
