"""`manage.py demo`: the whole product on one machine, with the demo newsroom; Ctrl-C stops everything."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from workflow.demo.fill import DraftsLate, fill
from workflow.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Runs broker, workers, scheduler and web server, and fills the demo newsroom once."

    def handle(self, *args: Any, **options: Any) -> None:
        port = _port()
        (settings.VAR / "log").mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database, the catalogues and the static files …")
        call_command("setup")
        supervisor = subprocess.Popen(
            [str(_bin() / "supervisord"), "-c", str(settings.ROOT / "deploy" / "supervisord.conf")],
            cwd=settings.ROOT,
            env=_environment(port),
            start_new_session=True,
        )
        # Said aloud: a shell starts its background jobs with SIGINT ignored, and Python would leave it so.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: sys.exit(0))
        try:
            self._open(supervisor, port)
            supervisor.wait()
        except SystemExit:
            self.stdout.write("\nStopping …")
        finally:
            # From here on nothing may interrupt the stopping.
            for ending in (signal.SIGINT, signal.SIGTERM):
                signal.signal(ending, signal.SIG_IGN)
            supervisor.terminate()
            supervisor.wait()
        self.stdout.write("Stopped. Everything is kept in " + str(settings.VAR))

    def _open(self, supervisor: subprocess.Popen[bytes], port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 60
        while not _answers(address):
            if supervisor.poll() is not None or time.monotonic() > end:
                raise CommandError(f"The web server did not start; see {settings.VAR / 'log' / 'web.log'}")
            time.sleep(0.2)
        try:
            fill(self.stdout.write)
        except DraftsLate as error:
            self.stderr.write(str(error))
        self.stdout.write(f"\nThe newsroom is open:  {address}/       the desk:  {address}/desk/\n\n")
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:8} {person.what}")
        self.stdout.write(
            f"\nPassword of each: {PASSWORD}       Stop with Ctrl-C; data stays in {settings.VAR}\n"
        )
        self.stdout.flush()


def _port() -> int:
    """The port to serve on.

    Raises:
        CommandError: PORT is no port number, or another program listens there.
    """
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT={text} is not a port number.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use by another program. Choose another: PORT=8001 make demo"
            ) from error
    return port


def _bin() -> Path:
    return Path(sys.executable).parent


def _environment(port: int) -> dict[str, str]:
    """The environment of the processes: this one's, and where things are."""
    digest = hashlib.sha256(str(settings.VAR).encode()).hexdigest()[:16]
    return {
        **os.environ,
        "PORT": str(port),
        "DESK_VAR": str(settings.VAR),
        "DESK_CONTROL": str(Path(tempfile.gettempdir()) / f"desk-{os.getuid()}-{digest}.ctl"),
        "BIN": str(_bin()),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": os.environ.get("HF_HUB_OFFLINE", "1"),
    }


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False
