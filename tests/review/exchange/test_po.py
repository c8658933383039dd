"""PO catalogues: what Poedit gets to see, and what comes back."""

from datetime import UTC, datetime

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.exchange.samples import SAMPLE, files, translation, unit
from workflow.review.exchange.po import read_po, write_po
from workflow.review.exchange.units import Refused

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def test_what_was_written_is_read():
    assert read_po(write_po(SAMPLE)) == SAMPLE


def test_it_writes_what_gettext_tools_expect():
    written = write_po(SAMPLE, translator="Salma Idrissi", now=NOW).decode()
    assert '"PO-Revision-Date: 2025-03-04 09:30+0000\\n"' in written
    assert '"Last-Translator: Salma Idrissi\\n"' in written
    assert '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"' in written
    assert (
        "#. Note: paragraph 1 of 2\n#. Check: “3” is missing.\n"
        '#. Code <1>: a href="https://example.org/?a=1&b=2"\n#. State: draft\n#. Version: 4\n'
    ) in written
    assert (
        '#, fuzzy\nmsgctxt "p1"\nmsgid "The <1>pier</1> is open."\nmsgstr "La <1>jetée</1> est ouverte."'
        in written
    )
    assert '#, fuzzy\n#| msgid "A B"\nmsgctxt "p3"' in written


def test_only_what_is_confirmed_is_not_fuzzy():
    catalogue = polib.pofile(write_po(SAMPLE).decode())
    assert [entry.fuzzy for entry in catalogue] == [False, True, False, True]
    assert [entry.msgctxt for entry in catalogue.untranslated_entries()] == ["p2"]


def test_taking_the_fuzzy_flag_away_confirms_and_an_edit_that_stays_fuzzy_does_not():
    written = write_po(translation(unit(state="draft"))).decode()
    assert read_po(written.replace("#, fuzzy\n", "").encode()).units[0].state == "confirmed"
    assert read_po(written.encode()).units[0].state == "draft"


def test_arabic_has_its_six_plural_forms():
    assert b"nplurals=6" in write_po(translation(unit(), locale="ar"))


def test_line_ends_and_byte_order_mark_of_other_systems_do_no_harm():
    written = b"\xef\xbb\xbf" + write_po(SAMPLE).replace(b"\n", b"\r\n")
    assert read_po(written) == SAMPLE


@settings(max_examples=100, deadline=None)
@given(files())
def test_any_translation_survives(file):
    assert read_po(write_po(file)) == file


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"hello", "not a PO file"),
        (b"/etc/hostname", "not a PO file"),
        (b'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\nmsgid "a"\nmsgstr "b"\n', "not exported from this desk"),
        (b'msgid ""\nmsgstr "\xe9"\n\n', "not in UTF-8: byte 0xE9 at offset 17"),
        (b'msgid ""\nmsgstr ""\n\nmsgid "a\nmsgstr "b"\n', "damaged: line 4"),
        (b"x" * (6 * 1024 * 1024), "too large"),
        (write_po(SAMPLE).replace(b'"X-Article: 7', b'"X-Article: seven'), "not exported from this desk"),
        (write_po(SAMPLE) + write_po(SAMPLE)[write_po(SAMPLE).index(b"\n#. State") :], "twice"),
    ],
)
def test_the_wrong_file_is_refused_loudly(data, says):
    with pytest.raises(Refused, match=says):
        read_po(data)


WRITTEN = write_po(SAMPLE)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WRITTEN)), st.binary(max_size=4), st.integers(0, 3))
def test_no_damage_breaks_it(at, noise, lost):
    try:
        read_po(WRITTEN[:at] + noise + WRITTEN[at + lost :])
    except Refused as refused:
        assert str(refused)
