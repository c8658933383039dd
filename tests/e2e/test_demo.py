"""`manage.py demo`: opens a newsroom, stops cleanly when asked, keeps everything for the next start."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from .newsroom import ROOT, free_port

pytestmark = pytest.mark.worker


def start(var: Path, port: int) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DESK_VAR": str(var),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "workflow.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    said, end = "", time.monotonic() + 240
    for line in process.stdout:
        said += line
        if words in line:
            return said
        assert time.monotonic() < end, said
    raise AssertionError(said)


def editions(var: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(var / "desk.sqlite3")) as connection:
        return connection.execute(
            "SELECT locale, slug FROM publishing_edition WHERE live ORDER BY locale"
        ).fetchall()


def test_it_opens_stops_cleanly_and_keeps_everything() -> None:
    with tempfile.TemporaryDirectory(prefix="desk-e2e-") as folder:
        var, port = Path(folder), free_port()
        first = start(var, port)
        said = read_until(first, "Ctrl-C")
        assert f"http://127.0.0.1:{port}/" in said and "amina" in said
        published = editions(var)
        assert [locale for locale, _slug in published] == ["ar", "en", "fr"]

        second = subprocess.run(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env={
                **os.environ,
                "DESK_VAR": folder,
                "PORT": str(port),
                "DJANGO_SETTINGS_MODULE": "workflow.settings",
            },
            capture_output=True,
            text=True,
        )
        assert second.returncode == 1
        assert f"Port {port} is in use" in second.stderr

        first.send_signal(signal.SIGINT)
        assert "Stopped" in read_until(first, "Stopped")
        assert first.wait(timeout=60) == 0
        left = subprocess.run(["pgrep", "-f", str(var)], capture_output=True, text=True).stdout.split()
        assert left == [], "a process was left behind"

        again = start(var, port)
        read_until(again, "Ctrl-C")
        assert editions(var) == published
        again.send_signal(signal.SIGTERM)
        assert again.wait(timeout=60) == 0
