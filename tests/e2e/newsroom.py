"""A whole newsroom of real processes for one test: the very commands of deploy/supervisord.conf."""

import configparser
import json
import os
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], Any], what: str, timeout: float = 120.0) -> None:
    """Waits for a condition in another process; fails with what was waited for."""
    end = time.monotonic() + timeout
    while not true():
        assert time.monotonic() < end, f"waited {timeout:.0f} s for: {what}"
        time.sleep(0.05)


class Newsroom:
    """Processes by their name in supervisord.conf; `var` holds everything they change."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DESK_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "workflow.settings",
            "PORT": str(self.port),
            "BIN": str(BIN),
            "OMP_NUM_THREADS": "2",
            "HF_HUB_OFFLINE": "1",
            **environment,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        config = configparser.RawConfigParser()
        config.read(ROOT / "deploy" / "supervisord.conf")
        self.commands = {
            section.removeprefix("program:"): config[section]["command"]
            .replace("%(ENV_BIN)s", str(BIN))
            .replace("%(ENV_DESK_VAR)s", str(var))
            .replace("%%", "%")
            for section in config.sections()
            if section.startswith("program:")
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        for name in names:
            log = (self.var / f"{name}.log").open("ab")
            self.processes[name] = subprocess.Popen(
                shlex.split(self.commands[name]), cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
            if name == "web":
                until(self._answers, "the web server")

    def kill(self, name: str) -> None:
        """As the kernel kills: no goodbye."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        """Asks a process to stop, waits until it has, and starts it again."""
        process = self.processes.pop(name)
        process.terminate()
        process.wait(timeout=60)
        self.start(name)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for name, process in self.processes.items():
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                raise AssertionError(f"{name} does not stop when asked") from None
        self.processes.clear()

    def manage(self, *arguments: str, code: int = 0) -> str:
        """Runs a management command; its output, when it ends with `code`."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == code, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def status(self, article: int) -> dict[str, Any]:
        return json.loads(self.manage("status", str(article), "--json"))  # type: ignore[no-any-return]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Looks into the database without the weight of a management command."""
        with closing(sqlite3.connect(self.var / "desk.sqlite3", timeout=30)) as connection:
            return connection.execute(sql).fetchall()

    def open_items(self) -> int:
        """How many segments wait for a worker or are with one."""
        return int(
            self.query("SELECT count(*) FROM drafting_draftitem WHERE state IN ('waiting', 'leased')")[0][0]
        )

    def drafted(self) -> int:
        """How many units have a draft."""
        return int(self.query("SELECT count(*) FROM drafting_translationunit WHERE draft <> ''")[0][0])

    def drafting(self) -> bool:
        """Whether a translation is still with the workers."""
        states = "SELECT count(*) FROM drafting_translation WHERE state IN ('queued', 'drafting')"
        return bool(self.open_items() or self.query(states)[0][0])

    def log(self, name: str) -> str:
        return (self.var / f"{name}.log").read_text(errors="replace")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/live", timeout=2) as response:
                return bool(response.status == 200)
        except OSError:
            return False
