"""Documents people hand in: what is read from them, and what is refused and why."""

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.documents.package import paragraph, run, with_picture
from tests.pictures import inside, picture
from workflow.articles.segmentation import extract, render, sources
from workflow.intake.documents.blocks import to_html
from workflow.intake.documents.html import read_html
from workflow.intake.documents.reading import Refused, SourceDocument, read, refuse_size

MARKDOWN = """\
# Harbour town plants 300 trees

By Salma Idrissi and Omar Ba

TANGIER, 4 March 2025 — Pupils of **three schools** planted trees along the [sea wall](https://example.org/wall).

## What comes next

- A second row in *April*
- A path

> We will water them.
"""
CANONICAL = """\
<h1>Harbour town plants 300 trees</h1>
<p class="byline">By Salma Idrissi and Omar Ba</p>
<p class="dateline">TANGIER, 4 March 2025 —</p>
<p>Pupils of <strong>three schools</strong> planted trees along the <a href="https://example.org/wall">\
sea wall</a>.</p>
<h2>What comes next</h2>
<ul><li>A second row in <em>April</em></li><li>A path</li></ul>
<blockquote><p>We will water them.</p></blockquote>
"""


def test_it_reads_markdown():
    assert read("trees.md", MARKDOWN.encode()) == SourceDocument(
        title="Harbour town plants 300 trees",
        byline="By Salma Idrissi and Omar Ba",
        dateline="TANGIER, 4 March 2025 —",
        body_html=CANONICAL,
        language="en",
        confidence=read("trees.md", MARKDOWN.encode()).confidence,
    )


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("By the Press Office", True),
        ("By our correspondent", True),
        ("By Courier Staff", True),
        ("By the river bank", False),
        ("By the Press Office of the ministry, nothing was said.", False),
    ],
)
def test_a_desk_may_sign_as_a_person_does(line: str, known: bool):
    document = read("trees.md", f"# Trees\n\n{line}\n\nTANGIER, 4 March 2025\n\nPupils planted.".encode())
    assert document.byline == (line if known else "")
    assert document.dateline == "TANGIER, 4 March 2025"


def test_canonical_html_is_read_as_itself():
    once = read("trees.html", CANONICAL.encode())
    assert once.body_html == CANONICAL
    assert (once.title, once.byline) == ("Harbour town plants 300 trees", "By Salma Idrissi and Omar Ba")


def test_front_matter_gives_headline_and_author():
    text = '---\ntitle: "Trees planted"\nauthor: Salma Idrissi\ndraft: false\n---\n\nPupils planted trees.\n'
    document = read("trees.md", text.encode())
    assert document.body_html == (
        '<h1>Trees planted</h1>\n<p class="byline">By Salma Idrissi</p>\n<p>Pupils planted trees.</p>\n'
    )


def test_the_headline_is_not_repeated_when_front_matter_has_it_too():
    text = "---\ntitle: Trees planted\n---\n# Trees planted\n\nPupils planted trees.\n"
    assert (
        read("trees.md", text.encode()).body_html == "<h1>Trees planted</h1>\n<p>Pupils planted trees.</p>\n"
    )


def test_a_rule_at_the_top_is_not_front_matter():
    assert read("a.md", b"---\n\n# Trees\n\nText\n\n---\n").title == "Trees"


def test_it_reads_plain_text_with_wrapped_lines_and_lists():
    text = "Town plants trees\n\nPupils planted\ntrees.\n\n* one\n* two\n\n1. first\n2) second\n\nThe end.\n"
    assert read("trees.txt", text.encode()).body_html == (
        "<h1>Town plants trees</h1>\n<p>Pupils planted trees.</p>\n<ul><li>one</li><li>two</li></ul>\n"
        "<ol><li>first</li><li>second</li></ol>\n<p>The end.</p>\n"
    )


def test_each_line_is_a_paragraph_where_no_line_is_blank():
    assert read("a.txt", b"Title of it\nFirst < line.\nSecond & line.").body_html == (
        "<h1>Title of it</h1>\n<p>First &lt; line.</p>\n<p>Second &amp; line.</p>\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "Café opens\n\nIn Fez.".encode(),
        "Café opens\r\n\r\nIn Fez.".encode(),
        codecs.BOM_UTF16_LE + "Café opens\n\nIn Fez.".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Café opens\r\rIn Fez.".encode("utf-16-be"),
    ],
)
def test_it_reads_utf8_and_utf16_with_their_marks(data):
    assert read("a.txt", data).body_html == "<h1>Café opens</h1>\n<p>In Fez.</p>\n"


def test_content_decides_over_the_name():
    assert read("trees.txt", b"<!DOCTYPE html><h1>Trees</h1><p>Text here").title == "Trees"
    assert read("pasted", b"<p>First words</p><p>Second words</p>").body_html.endswith(
        "<p>Second words</p>\n"
    )


def test_without_a_headline_the_name_of_the_file_stands_in_and_it_says_so():
    document = read("sea_wall-notes.html", b"<p>Only a paragraph of text.</p>")
    assert document.title == "Sea wall notes"
    assert document.warnings == ("No headline was found; the name of the file stands in for it.",)


def test_a_headline_given_with_the_document_wins():
    document = read("a.md", b"# Old\n\nText.", title="New headline")
    assert document.body_html == "<h1>New headline</h1>\n<h2>Old</h2>\n<p>Text.</p>\n"


def refusal(name, data, **bounds):
    with pytest.raises(Refused) as refused:
        read(name, data, **bounds)
    assert str(refused.value).startswith(f"{name}: ")
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.md", b"", "empty"),
        ("a.md", b"  \n\t ", "no text left"),
        ("a.html", b"<script>alert(1)</script><style>p{}</style><iframe src=x>y</iframe>", "no text left"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("a.md", bytes(random.Random(1).randbytes(4000)), "binary"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        ("a.rtf", b"{\\rtf1 hello}", "RTF"),
        ("a.txt", "Café".encode("latin-1"), "byte 0xE9 at offset 3"),
        ("a.txt", codecs.BOM_UTF8 + b"ab\xff", "byte 0xFF at offset 5"),
        ("a.html", b"<div>" * 500 + b"x", "nested"),
        ("a.html", b"<div></b>" * 500 + b"x", "nested"),
        ("a.md", b"> " * 300 + b"x", "nested"),
        ("a.html", b"<p>x" * 30_000, "too long for one article"),
        ("a.txt", b"x\n\n" * 6_000, "too long for one article"),
        ("a.zip", b"PK\x03\x04 and nothing", "damaged"),
    ],
)
def test_it_refuses_with_the_name_and_the_reason(name, data, says):
    assert says in refusal(name, data)


def test_a_large_file_is_refused_by_its_size_alone():
    assert "too large: 6.0 MB, and at most 5 MB" in refusal("a.txt", b"x" * (6 * 1024 * 1024))
    assert "at most 0.5 MB" in refusal("a.txt", b"x" * 600_000, max_bytes=512 * 1024)
    with pytest.raises(Refused, match=r"50\.0 MB"):
        refuse_size("a.txt", 50 * 1024 * 1024)


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.docx"])
def test_pictures_do_not_count_as_text(name):
    large = picture() + random.Random(1).randbytes(6 * 1024 * 1024)
    if name == "a.docx":
        texts = (paragraph(run("Trees"), style="Title"), paragraph(run("Text of it")))
        data = with_picture(*texts, picture=large, alt="A tree")
    elif name == "a.html":
        data = f"<h1>Trees</h1><p>Text of it</p><img src='{inside(large)}' alt='A tree'>".encode()
    else:
        data = f"# Trees\n\nText of it\n\n![A tree]({inside(large)})\n".encode()
    document = read(name, data)
    assert document.body_html == (
        f'<h1>Trees</h1>\n<p>Text of it</p>\n<figure><img src="{inside(large)}" alt="A tree"></figure>\n'
    )


def test_it_asks_when_a_text_is_not_english():
    french = (
        "La ville plante 300 arbres\n\nLes élèves de trois écoles ont planté des arbres le long de la digue."
    )
    assert read("a.txt", french.encode()).language == "fr"
    assert read("a.txt", "المدينة تغرس الأشجار\n\nغرس تلاميذ ثلاث مدارس أشجارا".encode()).language == "ar"
    assert read("a.md", MARKDOWN.encode()).confidence > 0.9


# fmt: off
piece = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</table>",
        "<b>", "</b>", "<a href='https://x.org'>", "</a>", "<h1>", "</h1>", "<h2>", "<br>", "<hr>",
        "<img src='https://x.org/a'>", "<figure>", "<figcaption>", "</figure>", "<blockquote>",
        "</blockquote>", "<pre>", "</pre>", "<!--", "-->", "<![if !supportLists]>", "<![endif]>",
        "<p class=MsoListParagraph>", "<p class=byline>", "<script>", "</script>", "# ", "\n", "\n\n",
        "- ", "> ", "| a | b |\n|---|---|\n", "```\n", "* ", "1. ", "---\n", "[x](", ")", "&amp;", "word",
        " ", "By Ann Lee", "RABAT, 9 July 2025 — ", "é", "\u202e", "\ufeff", "\x00", "<", ">", "&", '"',
        "<span lang=fr>", "</span>", "<article>", "<main>", "<title>T</title>", "<o:p>", "<dl><dt>",
        "<dd>", "**",
    ]
)
# fmt: on
names = st.sampled_from(["a.md", "a.html", "a.txt", "a", "a.docx"])


@settings(max_examples=300, deadline=None)
@given(names, st.lists(piece, max_size=25).map("".join))
def test_whatever_is_written_is_read_or_refused_and_comes_back_from_its_segments(name, text):
    try:
        document = read(name, text.encode())
    except Refused:
        return
    assert render(*sources(extract(document.body_html))) == document.body_html
    assert to_html(read_html("again", document.body_html)[0]) == document.body_html
    assert "<script" not in document.body_html and "\u202e" not in document.body_html
    assert document.title and extract(document.body_html).segments


@settings(max_examples=300, deadline=None)
@given(names, st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_no_bytes_break_it(name, data):
    try:
        document = read(name, data)
    except Refused as refused:
        assert str(refused)
    else:
        assert document.body_html
