"""Runs a command with DATABASE_URL of a PostgreSQL server that exists only as long as the command.

    python deploy/with_postgres.py /usr/lib/postgresql/15/bin COMMAND ARGUMENT…

PostgreSQL refuses to run as root; then it runs as the account `postgres` that Debian's package makes.
With PG_FSYNC=on a commit waits for the disk, as in production: for measurements.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(bin_folder: str, command: list[str]) -> int:
    """Starts the server on a Unix socket, runs the command, stops the server; the command's exit code."""
    folder = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    account = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(*line: str) -> None:
        drop = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
        subprocess.run(
            [f"{bin_folder}/{line[0]}", *line[1:]], check=True, cwd=folder, stdout=subprocess.DEVNULL, **drop
        )

    try:
        run(
            "initdb",
            "-D",
            f"{folder}/data",
            "-U",
            "desk",
            "--auth",
            "trust",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
        )
        # Nothing here outlives the command: durability would only cost time.
        fsync = os.environ.get("PG_FSYNC", "off")
        options = f"-k {folder} -c listen_addresses='' -c fsync={fsync} -c max_connections=200"
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
        run("createdb", "-h", str(folder), "-U", "desk", "desk")
        url = f"postgres://desk@{str(folder).replace('/', '%2F')}/desk"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        subprocess.run(
            [f"{bin_folder}/pg_ctl", "-D", f"{folder}/data", "-m", "fast", "stop"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **({"user": account.pw_uid, "group": account.pw_gid} if account else {}),  # type: ignore[arg-type]
        )
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
