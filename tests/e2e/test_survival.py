"""Whatever dies in the middle of a submit, every segment is drafted once it runs again; none is lost."""

import json
from pathlib import Path

import pytest
import redis

from workers.broker import client_url, embedded_url

from .newsroom import Newsroom, until

pytestmark = pytest.mark.worker


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three articles with enough sentences for something to happen in between."""
    names = []
    for number in range(3):
        paragraphs = "\n\n".join(
            f"The committee of experts number {number + 1} met on {day} March 2026 in Tunis to discuss the "
            f"protection of **cultural heritage** with {day * 3} delegates."
            for day in range(1, 11)
        )
        path = tmp_path / f"article-{number}.md"
        path.write_text(f"# Committee {number + 1} Meets in Tunis\n\n{paragraphs}\n")
        names.append(str(path))
    return names


def submit(newsroom: Newsroom, files: list[str]) -> list[int]:
    told = json.loads(newsroom.manage("submit", *files, "--json"))
    assert not told["refused"]
    return [article["id"] for article in told["articles"]]


def assert_all_drafted(newsroom: Newsroom, articles: list[int]) -> None:
    until(lambda: not newsroom.drafting(), "all drafts", timeout=240)
    for article in articles:
        for translation in newsroom.status(article)["translations"]:
            assert translation["state"] == "in_review", translation
            assert translation["units"]["total"] == 11
            assert translation["waiting"] == 0


def test_killing_the_mt_worker_in_the_middle_loses_nothing(newsroom: Newsroom, files: list[str]) -> None:
    newsroom.start("broker", "mt", "default", "scheduler")
    articles = submit(newsroom, files)
    until(lambda: newsroom.drafted() > 0, "the first drafts")
    newsroom.kill("mt")
    assert newsroom.open_items() > 0, "it was too fast to be killed in the middle"
    newsroom.start("mt")
    assert_all_drafted(newsroom, articles)


def test_emptying_the_broker_in_the_middle_loses_nothing(newsroom: Newsroom, files: list[str]) -> None:
    newsroom.start("broker", "mt", "default", "scheduler")
    articles = submit(newsroom, files)
    redis.Redis.from_url(client_url(embedded_url(newsroom.var, database=0))).flushall()
    more = submit(newsroom, files[:1])
    assert_all_drafted(newsroom, articles + more)


def test_submitting_without_a_broker_is_drafted_once_there_is_one(
    newsroom: Newsroom, files: list[str]
) -> None:
    articles = submit(newsroom, files[:1])
    newsroom.start("broker", "mt", "default", "scheduler")
    assert_all_drafted(newsroom, articles)


def test_killing_the_broker_in_the_middle_loses_nothing(newsroom: Newsroom, files: list[str]) -> None:
    newsroom.start("broker", "mt", "default", "scheduler")
    articles = submit(newsroom, files[:2])
    newsroom.kill("broker")
    newsroom.start("broker")
    assert_all_drafted(newsroom, articles)
