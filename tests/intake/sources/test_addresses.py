"""One spelling of an address, and digests that do not depend on spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.intake.sources.addresses import canonical, digest_of_address, digest_of_words
from workflow.intake.sources.incoming import short_id, storable


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("https://Example.ORG/News/1/", "https://example.org/News/1"),
        ("https://example.org:443/news/1#comments", "https://example.org/news/1"),
        ("http://example.org:8080/?utm_source=a&id=5&fbclid=x", "http://example.org:8080?id=5"),
        ("https://example.org./news?b=2&a=", "https://example.org/news?b=2&a="),
        ("https://[2001:db8::1]/a/", "https://[2001:db8::1]/a"),
        ("mailto:desk@example.org", ""),
        ("urn:uuid:1", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(written: str, known: str) -> None:
    assert canonical(written) == known


@given(st.text(max_size=80))
def test_a_canonical_address_stays_as_it_is(text: str) -> None:
    for address in (text, "https://example.org/" + text, "http://" + text):
        assert canonical(canonical(address)) == canonical(address)


def test_the_same_page_over_http_and_https_is_one() -> None:
    assert digest_of_address("http://example.org/1") == digest_of_address("https://example.org/1")


def test_spacing_and_capitals_are_not_words() -> None:
    assert digest_of_words("The  Library\nopens") == digest_of_words("the library opens ")


@given(st.text(max_size=400), st.text(max_size=400))
def test_short_ids_are_as_unique_as_long_ones(one: str, other: str) -> None:
    assert (short_id(one) == short_id(other)) == (storable(one) == storable(other))
    assert len(short_id(one)) <= 200
