"""Word documents: what is read, and packages that are not opened."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.documents.package import docx, paragraph, run, with_picture
from tests.pictures import inside, picture
from workflow.intake.documents.reading import Refused, read


def test_it_reads_headline_paragraphs_and_bold():
    data = docx(
        paragraph(run("Harbour town plants trees"), style="Title"),
        paragraph(run("Pupils of "), run("three", bold=True), run(" schools & more.")),
        paragraph(run("Next"), style="Heading1"),
        paragraph(run("We will water them."), style="Quote"),
    )
    document = read("trees.docx", data)
    assert document.body_html == (
        "<h1>Harbour town plants trees</h1>\n<p>Pupils of <strong>three</strong> schools &amp; more.</p>\n"
        "<h2>Next</h2>\n<blockquote><p>We will water them.</p></blockquote>\n"
    )
    assert document.warnings == ()


def test_a_first_heading_is_the_headline_where_no_title_is_set():
    data = docx(paragraph(run("Trees"), style="Heading1"), paragraph(run("Text of it")))
    assert read("a", data).title == "Trees"


TEXT = (paragraph(run("Trees"), style="Title"), paragraph(run("Text of it")))


def test_a_picture_in_the_package_comes_along_with_its_description():
    document = read("a.docx", with_picture(*TEXT, picture=picture(), alt="Three trees"))
    figure = f'<figure><img src="{inside(picture())}" alt="Three trees"></figure>'
    assert document.body_html == f"<h1>Trees</h1>\n<p>Text of it</p>\n{figure}\n"
    assert document.warnings == ()


def test_a_picture_that_is_only_linked_to_is_not_opened():
    document = read("a.docx", with_picture(*TEXT, alt="Passwords", linked=True))
    assert document.body_html == "<h1>Trees</h1>\n<p>Text of it</p>\n"
    assert "left out" in document.warnings[0]


def refusal(data):
    with pytest.raises(Refused) as refused:
        read("a.docx", data)
    return str(refused.value)


def test_other_packages_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "not a Word document" in refusal(out.getvalue())


def test_a_package_that_unpacks_to_far_more_is_not_opened():
    assert "unpacks to far more" in refusal(docx(extra={"word/media/a.bin": b"\0" * 70_000_000}))
    assert "unpacks to far more" in refusal(docx(paragraph(run("a" * 5_000_000))))


def test_entities_are_not_expanded():
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "damaged" in refusal(docx(paragraph(run("x")), head=head))


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_damaged_part_is_a_message(part):
    try:
        read("a.docx", docx(paragraph(run("Text of it")), extra={part: "<broken"}))
    except Refused as refused:
        assert "damaged" in str(refused)


VALID = docx(paragraph(run("Headline here")), paragraph(run("Text of it")))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(VALID) - 1), st.binary(min_size=1, max_size=6))
def test_no_damage_to_the_package_breaks_it(at, noise):
    try:
        read("a.docx", VALID[:at] + noise + VALID[at + len(noise) :])
    except Refused as refused:
        assert str(refused)
