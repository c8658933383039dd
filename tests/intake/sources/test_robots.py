"""robots.txt: the examples of RFC 9309 and what sites write besides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.intake.sources.robots import read

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
