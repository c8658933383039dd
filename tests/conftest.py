"""What many tests need: a real broker, the people of a small newsroom, and a tiny article."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.utils import translation

from glossaries import termbase
from tests.mirror import Mirror
from workers.broker import client_url, command
from workflow.accounts.models import User, WorkingLocale
from workflow.articles.models import Article
from workflow.drafting import work
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit

TINY = """# Minister Opens Library in Rabat

RABAT, 9 July 2025

The minister opened **a new library** on Wednesday, in the presence of 12 writers.

It holds 5,000 books in three languages.
"""


@pytest.fixture(scope="session", autouse=True)
def broker() -> Iterator[redis.Redis]:
    """The embedded Valkey of this test run."""
    server = subprocess.Popen(command(settings.VAR), stdout=subprocess.DEVNULL)
    client = redis.Redis.from_url(client_url(settings.BROKER_URL))
    end = time.monotonic() + 20
    while True:
        try:
            client.ping()
            break
        except redis.ConnectionError:
            if time.monotonic() > end:
                raise
    yield client
    server.terminate()
    server.wait()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, whatever language a page of the one before spoke."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def termbases() -> None:
    """Every test compiles its own: the termbase of a test rolled back may have had the same version."""
    termbase._shelf.version = None


def person(username: str, *roles: str, locales: tuple[str, ...] = ()) -> User:
    user = User.objects.create_user(
        username, f"{username}@example.org", "secret", **{f"is_{role}": True for role in roles}
    )
    for locale in locales:
        WorkingLocale.objects.create(user=user, locale=locale)
    return user


@pytest.fixture
def editor(db: None) -> User:
    return person("nadia", "editor")


@pytest.fixture
def amina(db: None) -> User:
    """Translates into Arabic."""
    return person("amina", "translator", locales=("ar",))


@pytest.fixture
def karim(db: None) -> User:
    """Translates into Arabic, too."""
    return person("karim", "translator", locales=("ar",))


@pytest.fixture
def claire(db: None) -> User:
    """Translates into French."""
    return person("claire", "translator", locales=("fr",))


@pytest.fixture
def submitted(editor: User) -> Callable[..., Article]:
    """Takes a Markdown text in as the editor would."""

    def take_in(text: str = TINY, **wishes: object) -> Article:
        return submit(read("tiny.md", text.encode()), Wishes(**wishes), by=editor, origin="test")  # type: ignore[arg-type]

    return take_in


@pytest.fixture
def article(submitted: Callable[..., Article]) -> Article:
    """The tiny article, queued for Arabic and French."""
    return submitted()


class OneEngine:
    """A registry with one engine for every folder."""

    def __init__(self, engine: Mirror) -> None:
        self.engine = engine

    def load(self, folder: Path) -> Mirror:
        return self.engine


@pytest.fixture
def mirror() -> Mirror:
    return Mirror()


@pytest.fixture
def registry(mirror: Mirror) -> OneEngine:
    return OneEngine(mirror)


@pytest.fixture
def drafted(article: Article, registry: OneEngine) -> Article:
    """The tiny article, drafted and in review."""
    work.drain(registry)  # type: ignore[arg-type]
    return article
