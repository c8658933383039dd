"""XLIFF 2.1: what translation tools get, and what comes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.xliff2 import Xliff2File

from tests.review.exchange.samples import SAMPLE, files, text, translation, unit
from workflow.articles import codes
from workflow.review.exchange.units import Refused
from workflow.review.exchange.xliff import CORE, read_xliff, write_xliff

WRITTEN = write_xliff(SAMPLE)


def test_what_was_written_is_read():
    assert read_xliff(WRITTEN) == SAMPLE


def test_states_follow_the_standard():
    found = etree.fromstring(WRITTEN).iter(f"{{{CORE}}}segment")
    assert [(s.get("state"), s.get("subState"), s.find(f"{{{CORE}}}target") is not None) for s in found] == [
        ("reviewed", None, True),
        ("initial", "desk:draft", True),
        ("initial", None, False),
        ("translated", None, True),
    ]
    assert b'state="final"' in write_xliff(translation(unit(state="confirmed"), final=True))


def test_codes_are_inline_elements_with_their_original_data():
    assert (
        b'<originalData><data id="d1">&lt;a href="https://example.org/?a=1&amp;amp;b=2"&gt;</data></originalData>'
        in WRITTEN
    )
    assert b'<source>The <pc id="1" dataRefStart="d1">pier</pc> is open.</source>' in WRITTEN
    assert b'<source>It is <ph id="2"/>free.</source>' in WRITTEN


def test_other_tools_can_read_it():
    units = [unit for unit in Xliff2File.parsestring(WRITTEN).units if not unit.isheader()]
    assert [unit.getid().split("\x04")[-1] for unit in units]
    assert "est ouverte." in str(units[1].target)


def test_segments_split_by_a_tool_are_joined():
    split = WRITTEN.replace(
        b"<source>Pier opens</source><target>La jet\xc3\xa9e ouvre</target></segment>",
        b"<source>Pier</source><target>La jet\xc3\xa9e</target></segment>"
        b"<ignorable><source> </source></ignorable>"
        b'<segment id="s2" state="translated"><source>opens</source><target>ouvre</target></segment>',
    )
    first = read_xliff(split).units[0]
    assert (first.source, first.target, first.state) == ("Pier opens", "La jetée ouvre", "edited")


def test_split_pairs_and_marks_of_a_tool_are_understood():
    marked = WRITTEN.replace(
        b'<target>La <pc id="1" dataRefStart="d1">jet\xc3\xa9e</pc> est ouverte.</target>',
        b'<target>La <sc id="1"/><mrk id="m1" type="term">jet\xc3\xa9e</mrk>'
        b'<ec startRef="1"/> est ouverte.</target>',
    )
    assert marked != WRITTEN
    assert read_xliff(marked) == SAMPLE


@settings(max_examples=100, deadline=None)
@given(files())
def test_any_translation_survives(file):
    assert read_xliff(write_xliff(file)) == file


@given(text, st.sampled_from(["\x00", "\x0b", "\r", "\ufffe", "\x85", "\u2028", ""]))
def test_any_text_survives_even_with_characters_xml_has_not(source, odd):
    written = codes.mended(source + odd + source)
    (only,) = read_xliff(write_xliff(translation(unit(source=written, target="x")))).units
    assert only.source == written


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"hello", "not XML"),
        (b"<html/>", "not XLIFF 2"),
        (b'<xliff version="1.2"/>', "not XLIFF 2"),
        (
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" trgLang="fr"/>',
            "not exported",
        ),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "document type"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff/>'.encode("utf-16"), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document type"),
        (b"<a>" * 300 + b"</a>" * 300, "damaged"),
        (WRITTEN.replace(b'id="p2"', b'id="p3"'), "twice"),
    ],
)
def test_the_wrong_file_is_refused_loudly(data, says):
    with pytest.raises(Refused, match=says):
        read_xliff(data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WRITTEN)), st.binary(max_size=4), st.integers(0, 3))
def test_no_damage_breaks_it(at, noise, lost):
    try:
        read_xliff(WRITTEN[:at] + noise + WRITTEN[at + lost :])
    except Refused as refused:
        assert str(refused)
