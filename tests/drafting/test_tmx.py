"""The translation memory as TMX."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.articles import codes
from workflow.drafting.tmx import NoTmx, TmxUnit, read_tmx, write_tmx

UNIT = TmxUnit(
    "The <1>pier</1> is<2/> open & free.",
    "La <1>jetée</1> est<2/> ouverte.",
    "fr",
    changed_at=datetime(2025, 3, 4, 9, 30, tzinfo=UTC),
    author="salma",
    properties=(("x-article", "7"),),
)


def test_what_was_written_is_read():
    assert read_tmx(write_tmx([UNIT]), "fr") == [UNIT]


def test_it_writes_what_the_standard_asks_for():
    written = write_tmx([UNIT], version="0.1").decode()
    assert (
        '<tmx version="1.4"><header creationtool="Translation Desk" creationtoolversion="0.1" segtype='
        in written
    )
    assert (
        '<tu srclang="en" changedate="20250304T093000Z" changeid="salma"><prop type="x-article">7</prop>'
        in written
    )
    assert (
        '<tuv xml:lang="en"><seg>The <bpt i="1" x="1"/>pier<ept i="1"/> is<ph x="2"/> open &amp; free.'
        in written
    )


def test_units_without_the_locale_are_passed_over_and_regions_serve():
    data = write_tmx([UNIT]).replace(b'xml:lang="fr"', b'xml:lang="FR-FR"')
    assert read_tmx(data, "fr") == [UNIT]
    assert read_tmx(data, "ar") == []


def test_mark_up_of_other_tools_is_not_taken_for_text():
    data = write_tmx([TmxUnit("a<1/>b", "c<1/>d", "fr")]).replace(
        b'<ph x="1"/>', b'<ph x="1">&lt;br/&gt;</ph>'
    )
    assert read_tmx(data, "fr")[0].target == "c<1/>d"


text = st.lists(
    st.one_of(
        st.text(
            alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
            max_size=8,
        ),
        st.sampled_from(["<1>", "</1>", "<2/>", "\\", "\n"]),
    ),
    max_size=6,
).map(lambda pieces: codes.mended("".join([*pieces, "x"])))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(TmxUnit, text, text, st.just("ar")), max_size=3))
def test_any_text_survives(units):
    assert read_tmx(write_tmx(units), "ar") == units


@pytest.mark.parametrize(
    "data", [b"", b"x", b"<html/>", b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', b"<!DOCTYPE tmx [ ]><tmx/>"]
)
def test_other_files_are_refused(data):
    with pytest.raises(NoTmx):
        read_tmx(data, "fr")
