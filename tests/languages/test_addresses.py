"""Web and mail addresses and handles among prose."""

import pytest

from languages.addresses import addresses, blanked, handles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a?b=1.", ["https://example.org/a?b=1"]),
        ("Write to a.b@example.org, or see example.org/x!", ["a.b@example.org", "example.org/x"]),
        ("It closed at 3.17 p.m. e.g. today", []),
    ],
)
def test_it_finds_addresses_without_the_marks_behind_them(text, found):
    assert [address for address, _, _ in addresses(text)] == found


def test_handles_stay_and_hashtags_are_no_handles():
    assert [handle for handle, _, _ in handles("@artdesk a@b.org #news")] == ["@artdesk"]


def test_blanking_keeps_every_offset():
    assert blanked("See a.org #x now", " ") == "See" + " " * 10 + "now"
