"""A newsroom of real processes, stopped whatever happens; its logs are shown when a test fails."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .newsroom import Newsroom


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    # Not pytest's tmp_path: the broker's socket wants a short path.
    with tempfile.TemporaryDirectory(prefix="desk-e2e-") as folder:
        room = Newsroom(Path(folder))
        room.manage("setup")
        try:
            yield room
            room.stop()
        finally:
            for name, process in room.processes.items():
                process.kill()
                process.wait()
                print(f"--- {name}\n{room.log(name)[-4000:]}")
