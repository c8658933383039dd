"""Drafting in tests: the real queue and pipeline, with an engine that only mirrors."""

from pathlib import Path

import pytest

from workflow.articles.models import Article
from workflow.drafting import work

from .engine import Mirror


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
