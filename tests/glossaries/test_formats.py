"""Glossaries survive the way out and back in; bad rows are named and the rest goes in."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossaries import formats
from glossaries.formats import csv, tbx, xlsx
from glossaries.matching import Concept, Mode, Status, Term
from tests.glossaries import cases

letters = st.characters(exclude_categories=("C", "Z"), exclude_characters="\u2028\u2029") | st.just(" ")
texts = st.text(letters, min_size=1, max_size=30).map(str.strip).filter(bool).filter(lambda t: "\\" not in t)
ids = st.from_regex(r"[a-z0-9][a-z0-9 _./-]{0,12}[a-z0-9]", fullmatch=True)


@st.composite
def concepts(draw: st.DrawFn, any_terms: bool = False) -> Concept:
    pos = draw(st.sampled_from(["", "noun", "verb", "proper noun", "phrase"]))
    cased = draw(st.booleans())
    terms: list[Term] = []
    for locale in ("en", "fr", "ar"):
        mode = draw(st.sampled_from(list(Mode)))
        names = draw(st.lists(texts, min_size=locale == "en", max_size=4, unique=True))
        for i, name in enumerate(names):
            status = Status.PREFERRED if i == 0 else Status.ADMITTED if i < 3 else Status.FORBIDDEN
            if locale == "en" and status == Status.FORBIDDEN:
                status = Status.ADMITTED
            if any_terms:
                status, mode = draw(st.sampled_from(list(Status))), draw(st.sampled_from(list(Mode)))
            forms = tuple(draw(st.lists(texts, max_size=2)))
            terms.append(Term(locale, name, status, pos, mode, cased, forms))
    return Concept(
        draw(ids),
        draw(texts | st.just("")),
        draw(texts | st.just("")),
        draw(texts | st.just("")),
        tuple(terms),
    )


def unique(found: list[Concept]) -> list[Concept]:
    return list({concept.id: concept for concept in found}.values())


@pytest.mark.parametrize("form", [csv, xlsx, tbx])
@settings(max_examples=60, deadline=None)
@given(found=st.lists(concepts(), max_size=4).map(unique))
def test_what_goes_out_comes_back_in(form: object, found: list[Concept]) -> None:
    assert form.read(form.write(found)) == (found, [])  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(found=st.lists(concepts(any_terms=True), max_size=4).map(unique))
def test_tbx_keeps_mode_and_status_of_every_term(found: list[Concept]) -> None:
    assert tbx.read(tbx.write(found)) == (found, [])


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=400) | texts.map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for form in (csv, tbx, xlsx):
        try:
            form.read(data)
        except formats.GlossaryFormatError as error:
            assert str(error)


@pytest.mark.parametrize("form", [csv, xlsx, tbx])
def test_the_shipped_glossaries_survive_every_format(form: object) -> None:
    shipped = cases.shipped()
    assert form.read(form.write(shipped)) == (shipped, [])  # type: ignore[attr-defined]


def test_the_shipped_glossaries_have_no_bad_rows() -> None:
    for path in cases.DATA.glob("*.csv"):
        assert csv.read(path.read_bytes())[1] == [], path.name


def test_a_bad_row_is_named_by_its_line_and_the_rest_goes_in() -> None:
    data = (
        b"concept_id,en,fr,mode,case_sensitive\n"
        b"a,word,mot,,\n"
        b",orphan,orphelin,,\n"
        b"b,,vide,,\n"
        b'c,"two\nlines",x,sometimes,\n'
        b"a,again,encore,,\n"
        b"d,cased,x,,perhaps\n"
        b"e,last,dernier,exact,yes\n"
    )
    found, errors = csv.read(data)
    assert [concept.id for concept in found] == ["a", "e"]
    assert [error.line for error in errors] == [3, 4, 5, 7, 8]
    assert "sometimes" in str(errors[2].reason)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_reads_the_delimiters_of_spreadsheets_and_a_byte_order_mark(delimiter: str) -> None:
    rows = [["concept_id", "en", "fr", "fr_admitted"], ["a", "word", "mot", "terme|vocable"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    found, errors = csv.read(data)
    assert not errors
    assert [term.text for term in found[0].designations("fr")] == ["mot", "terme", "vocable"]


def test_xlsx_writes_text_never_formulas() -> None:
    concept = Concept("a", terms=(Term("en", "=1+1"), Term("fr", "+x")))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write([concept]))).worksheets[0]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_UNPACKED", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    with pytest.raises(formats.GlossaryFormatError, match="too large"):
        xlsx.read(out.getvalue())


def test_tbx_reads_no_entities() -> None:
    bomb = (
        b'<!DOCTYPE tbx [<!ENTITY b SYSTEM "file:///etc/passwd">]><tbx><text><body><conceptEntry id="c">'
        b'<langSec xml:lang="en"><termSec><term>&b;</term></termSec></langSec></conceptEntry></body></text></tbx>'
    )
    with pytest.raises(formats.GlossaryFormatError):
        tbx.read(bomb)


def test_older_tbx_is_read_too() -> None:
    data = (
        b'<martif type="TBX"><text><body><termEntry id="c1"><descripGrp><descrip type="definition">A word.</descrip>'
        b'</descripGrp><langSet xml:lang="en"><tig><term>word</term></tig></langSet><langSet xml:lang="fr"><ntig>'
        b'<termGrp><term>mot</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp>'
        b"</ntig></langSet></termEntry></body></text></martif>"
    )
    found, errors = tbx.read(data)
    assert not errors
    assert found[0].definition == "A word."
    assert found[0].designations("fr")[0].status == Status.FORBIDDEN


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(formats.GlossaryFormatError, match="csv"):
        formats.read("terms.doc", b"")
