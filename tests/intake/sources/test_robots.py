"""robots.txt: the examples of RFC 9309 and what sites write besides."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.intake.sources.fetching import FetchFailed
from workflow.intake.sources.hosts import Forbidden, HostBusy, fetch_page, turn
from workflow.intake.sources.robots import read

from .web import Web, serve

TEXT = """
User-agent: *
Disallow: /*.gif$
Disallow: /example/
Allow: /publications/
Disallow: /publications/private
Crawl-delay: 7

User-agent: badbot
User-agent: worsebot
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/example/disallowed.html", False),
        ("/examples", True),
        ("/picture.gif", False),
        ("/picture.gif?size=1", True),
        ("/publications/", True),
        ("/publications/private/x", False),
    ],
)
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    assert read(TEXT).allow("https://example.org" + path) is allowed
    assert read(TEXT).delay == 7


def test_a_group_for_us_wins_over_that_for_all() -> None:
    rules = read("User-agent: TranslationDesk\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
    assert rules.allow("https://example.org/news")
    assert not rules.allow("https://example.org/private/1")


def test_an_empty_rule_forbids_nothing() -> None:
    assert read("User-agent: *\nDisallow:").allow("https://example.org/")


def test_percent_encoding_is_one_spelling() -> None:
    assert not read("User-agent: *\nDisallow: /caf%c3%a9").allow("https://example.org/café/1")


@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_crashes_it(text: str, path: str) -> None:
    read(f"User-agent: *\nDisallow: {text}\n{text}").allow("https://example.org/" + path.replace("[", ""))


@pytest.fixture
def other() -> Iterator[Web]:
    """A second server."""
    with serve() as web:
        yield web


def page(address: str) -> tuple[bytes, str]:
    return fetch_page(address, most_bytes=1000, allowed=["127.0.0.1"], patience=0)


@pytest.mark.django_db
def test_the_server_a_redirect_leads_to_is_asked_for_its_own(web: Web, other: Web) -> None:
    private = other.put("/private/1", "Secret")
    other.put("/robots.txt", "User-agent: *\nDisallow: /private")
    web.put("/r/1", "", status=302, headers={"Location": private})
    with pytest.raises(Forbidden, match="/private/1"):
        page(web.address + "/r/1")
    assert [path for path, _headers in other.requests] == ["/robots.txt"]


@pytest.mark.django_db
def test_a_redirect_on_the_same_server_is_no_way_round(web: Web) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /private")
    web.put("/private/1", "Secret")
    web.put("/r/1", "", status=302, headers={"Location": "/private/1"})
    with pytest.raises(Forbidden):
        page(web.address + "/r/1")
    assert not web.asked("/private/1")


@pytest.mark.django_db
def test_a_redirect_to_another_server_waits_for_its_turn_there(web: Web, other: Web) -> None:
    web.put("/r/1", "", status=302, headers={"Location": other.put("/news/1", "News")})
    assert page(web.address + "/r/1") == (b"News", other.address + "/news/1")
    with turn(other.address), pytest.raises(HostBusy):
        page(web.address + "/r/1")
    assert len(other.asked("/news/1")) == 1


@pytest.mark.django_db
def test_circles_between_servers_end(web: Web, other: Web) -> None:
    web.put("/a", "", status=302, headers={"Location": other.address + "/b"})
    other.put("/b", "", status=302, headers={"Location": web.address + "/a"})
    with pytest.raises(FetchFailed, match="circles"):
        page(web.address + "/a")
