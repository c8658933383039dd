"""Fetching: bounded, patient with servers, and never into our own network unless it is allowed."""

import socket
from collections.abc import Callable

import pytest

from workflow.intake.sources.fetching import FetchFailed, fetch
from workflow.intake.sources.hosts import HostBusy, turn

from .web import Page, Web, bomb

MEGABYTE = 1024 * 1024


def got(address: str, allowed: tuple[str, ...] = ("127.0.0.1",), most_bytes: int = MEGABYTE) -> bytes:
    with fetch(address, most_bytes=most_bytes, allowed=allowed) as answer:
        return answer.body.read()


def test_it_follows_redirects_and_says_where_they_ended(web: Web) -> None:
    web.put("/old", "", status=301, headers={"Location": "/new"})
    web.put("/new", "Here")
    with fetch(web.address + "/old", most_bytes=99, allowed=["127.0.0.1"]) as answer:
        assert (answer.body.read(), answer.address) == (b"Here", web.address + "/new")


def test_it_gives_up_on_circles(web: Web) -> None:
    web.put("/a", "", status=302, headers={"Location": "/b"})
    web.put("/b", "", status=302, headers={"Location": "/a"})
    with pytest.raises(FetchFailed, match="circles"):
        got(web.address + "/a")
    assert len(web.requests) == 6


def test_it_refuses_large_bodies(web: Web) -> None:
    web.put("/large", b"x" * (MEGABYTE + 1))
    with pytest.raises(FetchFailed, match="larger than 1 MB"):
        got(web.address + "/large")


def test_it_refuses_what_unpacks_to_large_bodies(web: Web) -> None:
    web.pages["/bomb"] = bomb(40)
    with pytest.raises(FetchFailed, match="larger than 1 MB"):
        got(web.address + "/bomb")


def test_it_does_not_ask_our_own_machine(web: Web) -> None:
    web.put("/", "Secret")
    with pytest.raises(FetchFailed, match="internal network"):
        got(web.address + "/", allowed=())
    assert not web.requests


def test_it_does_not_follow_a_redirect_into_our_network(web: Web) -> None:
    web.put("/out", "", status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    with pytest.raises(FetchFailed, match="internal network"):
        got(web.address + "/out")


def test_it_judges_the_address_it_connects_to(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that first resolves to an open address and then to ours gets no second chance."""
    port = int(web.address.rpartition(":")[2])
    answers = iter(["127.0.0.1"])
    asked: list[str] = []

    def resolve(host: str, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: resolve(host) if host == "evil.example" else real(host, *a, **k),
    )
    web.put("/", "Hello")
    assert got(f"http://evil.example:{port}/", allowed=("evil.example",)) == b"Hello"
    assert asked == ["evil.example"]
    assert web.requests[0][1]["host"] == f"evil.example:{port}"


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchFailed, match="cannot be read"):
        got(f"http://127.0.0.1:{port}/")


def test_an_answer_cut_short_is_a_failure(web: Web) -> None:
    web.pages["/short"] = Page(b"", headers={"Transfer-Encoding": "chunked"})
    with pytest.raises(FetchFailed):
        got(web.address + "/short")


@pytest.mark.django_db
def test_a_server_is_asked_by_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with turn("https://example.org/a"):
        with turn("https://example.com/"):
            pass
        with pytest.raises(HostBusy), turn("https://EXAMPLE.org:443/b"):
            raise AssertionError("two at a time")
    with turn("https://example.org/b"):
        pass


@pytest.mark.django_db
def test_a_server_that_wants_to_be_left_alone_is(no_pause: Callable[..., object]) -> None:
    with pytest.raises(FetchFailed), turn("https://example.org/"):
        raise FetchFailed("busy", retry_after=60)
    with pytest.raises(HostBusy), turn("https://example.org/", patience=5):
        raise AssertionError("too early")
