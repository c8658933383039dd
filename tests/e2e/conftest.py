"""A newsroom of real processes, stopped whatever happens; its logs are shown when a test fails."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .browser import chromium
from .desk import article
from .newsroom import Newsroom


@contextmanager
def open_newsroom() -> Iterator[Newsroom]:
    """A newsroom set up and, whatever happens, closed again."""
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


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with open_newsroom() as room:
        yield room


@pytest.fixture(scope="module")
def module_newsroom() -> Iterator[Newsroom]:
    """One newsroom for all tests of a module."""
    with open_newsroom() as room:
        yield room


@pytest.fixture(scope="module")
def desk(module_newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom with one article of forty units in review."""
    path = tmp_path_factory.mktemp("articles") / "committee.md"
    path.write_text(article())
    module_newsroom.manage("people", "--demo")
    module_newsroom.start("broker", "web", "mt", "default", "scheduler")
    module_newsroom.manage("submit", str(path), "--wait", "--timeout", "300")
    return module_newsroom


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
