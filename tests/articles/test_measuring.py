"""What kind of picture some bytes are: told by the bytes alone, whatever they are."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pictures import KINDS, picture
from workflow.articles import measuring
from workflow.articles.measuring import MOST_PIXELS, Measured, NotKept, measure


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_each_kind_a_browser_shows_is_told_with_its_size(kind: str, extension: str) -> None:
    found = measure(picture(kind, (40, 30)))
    assert (found.extension, found.width, found.height) == (extension, 40, 30)
    assert found.media_type == f"image/{'jpeg' if kind == 'JPEG' else extension}"


def test_a_photograph_taken_upright_has_the_size_it_is_shown_in() -> None:
    found = measure(picture("JPEG", (40, 30), turned=6))
    assert (found.width, found.height) == (30, 40)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body>Not found</body></html>",
        b"BM" + bytes(60),
        b"II*\x00" + bytes(60),
        b"%PDF-1.7",
        picture("JPEG")[:20],
    ],
)
def test_other_things_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NotKept, match="JPEG, PNG, GIF, WebP or AVIF"):
        measure(data)


def test_a_small_file_of_very_many_pixels_is_refused() -> None:
    """A PNG of a hundred bytes that says it is thousands of pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    for side in (9_000, 60_000):
        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))
        with pytest.raises(NotKept, match="50 million pixels"):
            measure(bomb)


def test_too_many_bytes_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MOST_BYTES", 50)
    with pytest.raises(NotKept, match="larger than"):
        measure(picture())


HEADS = st.sampled_from([picture(kind)[:length] for kind in KINDS for length in (4, 16, 30, 60, 200)])
NOISE = st.binary(max_size=400)


@settings(max_examples=400, deadline=None)
@given(st.one_of(NOISE, st.tuples(HEADS, NOISE).map(b"".join)))
def test_any_bytes_are_measured_or_refused(data: bytes) -> None:
    try:
        found = measure(data)
    except NotKept as reason:
        assert str(reason)
    else:
        assert isinstance(found, Measured)
        assert found.extension in KINDS.values()
        assert 0 < found.width * found.height <= MOST_PIXELS


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(1, 300), st.integers(1, 300))
def test_the_size_is_the_one_it_was_made_with(kind: str, width: int, height: int) -> None:
    found = measure(picture(kind, (width, height)))
    assert (found.width, found.height) == (width, height)
