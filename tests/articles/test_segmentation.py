"""Segments out of an article's HTML and back in: what a translator gets, and what readers will see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.articles import codes
from workflow.articles.codes import Code
from workflow.articles.markup import INLINE, VOID, Element, serialise
from workflow.articles.segmentation import (
    KINDS,
    Document,
    MissingSegment,
    SegmentText,
    extract,
    render,
    sources,
)

ARTICLE = """\
<h1>Library of Fez opens a <em>reading room</em></h1>
<p class="byline">By Salma Idrissi</p>
<p class="dateline">FEZ, 4 March 2025</p>
<p>The room holds <strong>1,200 books</strong> &amp; <a href="https://example.org/?a=1&amp;b=2" \
title="The list">a list</a>.<br>Entry is free.</p>
<h2>What readers say</h2>
<ul>
<li>It is quiet
<ul>
<li>most of the day</li>
</ul>
</li>
<li>It is open</li>
</ul>
<blockquote><p>“I come every day.”</p></blockquote>
<figure><img src="/room.jpg" alt="A room with shelves"><figcaption>The new room</figcaption></figure>
<table><tr><th>Day</th><td>Sunday</td><td>—</td></tr></table>
<hr>
<pre>ISBN  978-3</pre>
"""


def test_it_takes_each_block_as_one_segment_in_reading_order():
    found = [(s.key, s.kind, s.text) for s in extract(ARTICLE).segments]
    assert found == [
        ("title", "title", "Library of Fez opens a <1>reading room</1>"),
        ("byline", "byline", "By Salma Idrissi"),
        ("dateline", "dateline", "FEZ, 4 March 2025"),
        ("p1", "paragraph", "The room holds <1>1,200 books</1> & <2>a list</2>.<3/>Entry is free."),
        ("alt1", "alt", "The list"),
        ("h1", "heading", "What readers say"),
        ("li1", "list_item", "It is quiet"),
        ("li2", "list_item", "most of the day"),
        ("li3", "list_item", "It is open"),
        ("q1", "quote", "“I come every day.”"),
        ("alt2", "alt", "A room with shelves"),
        ("cap1", "caption", "The new room"),
        ("td1", "table_cell", "Day"),
        ("td2", "table_cell", "Sunday"),
    ]


def test_what_was_taken_out_goes_back_unchanged():
    assert render(*sources(extract(ARTICLE))) == ARTICLE


def test_preformatted_text_and_rules_are_not_translated():
    assert "<hr>\n<pre>ISBN  978-3</pre>" in extract(ARTICLE).skeleton


def test_a_translation_may_reorder_its_codes():
    document = extract('<p>The <b>new</b> <a href="/x">room</a></p>')
    assert document.segments[0].codes == (Code(1, "b"), Code(2, "a", (("href", "/x"),)))
    html = render(document.skeleton, {"p1": ("La <2>salle</2> <1>neuve</1>", document.segments[0].codes)})
    assert html == '<p>La <a href="/x">salle</a> <b>neuve</b></p>'


def test_text_of_a_translation_is_never_read_as_html():
    document = extract('<p>x <img src="a.png" alt="b"></p>')
    hostile = '<script>alert(1)</script><!--p1-->" onerror="x'
    filled = {s.key: (hostile, s.codes) for s in document.segments} | {
        "p1": (hostile + "<1/>", document.segments[0].codes)
    }
    html = render(document.skeleton, filled)
    assert "<script" not in html and "<!--" not in html
    assert 'alt="&lt;script&gt;alert(1)&lt;/script&gt;&lt;!--p1--&gt;&quot; onerror=&quot;x"' in html


def test_codes_that_do_not_nest_are_left_out_of_the_page():
    document = extract("<p><b>x</b></p>")
    assert render(document.skeleton, {"p1": ("a<1>b <7>c</7>", document.segments[0].codes)}) == "<p>ab c</p>"


def test_it_never_puts_the_source_where_a_translation_is_missing():
    document = extract("<h1>Title</h1><p>Text</p>")
    with pytest.raises(MissingSegment, match="p1"):
        render(document.skeleton, {"title": ("Titre", ())})


def test_only_the_first_headline_is_the_title():
    keys = [s.key for s in extract("<h1>One</h1><h1>Two</h1><p class='byline'>By A</p>").segments]
    assert keys == ["title", "h1", "byline"]


def test_text_without_a_block_and_blocks_without_text_are_kept():
    html = "loose <b>text</b><p>***</p><p><br></p><div>in a div</div>tail"
    document = extract(html)
    assert [s.text for s in document.segments] == ["loose <1>text</1>", "in a div", "tail"]
    assert render(*sources(document)) == html


def test_text_that_looks_like_a_code_or_a_place_is_kept():
    html = "<p>&lt;1&gt; &lt;!--p1--&gt; \\<b>x</b></p>"
    document = extract(html)
    assert codes.plain(document.segments[0].text) == "<1> <!--p1--> \\x"
    assert render(*sources(document)) == html


def test_an_article_without_text_has_no_segments():
    assert extract("") == Document("", ())
    assert extract("<hr><p> </p>") == Document("<hr><p> </p>", ())


text = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab 1<>/&\"'\\\n!-،é\xa0"), st.characters(exclude_categories=["Cs", "Cc"])
    ),
    min_size=1,
    max_size=10,
)
attrs = st.dictionaries(st.sampled_from(["href", "title", "alt", "lang", "class"]), text, max_size=2)
inline = st.recursive(
    text,
    lambda inner: st.builds(
        lambda tag, a, c: Element(tag, a, [] if tag in VOID else c),
        st.sampled_from(sorted(INLINE)),
        attrs,
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
block = st.recursive(
    st.builds(
        Element,
        st.sampled_from(["h1", "h2", "p", "li", "td", "figcaption", "blockquote", "pre"]),
        st.one_of(attrs, st.sampled_from([{"class": "byline"}, {"class": "dateline"}])),
        st.lists(inline, max_size=4),
    ),
    lambda inner: st.builds(
        Element,
        st.sampled_from(["ul", "li", "blockquote", "figure", "table", "div", "a"]),
        attrs,
        st.lists(st.one_of(inner, inline), max_size=4),
    ),
    max_leaves=8,
)
article = st.lists(st.one_of(block, inline), max_size=5).map(lambda nodes: serialise(Element("", {}, nodes)))


@given(article)
def test_any_canonical_article_comes_back_as_it_was(html):
    document = extract(html)
    assert render(*sources(document)) == html
    keys = [segment.key for segment in document.segments]
    assert len(set(keys)) == len(keys)
    for segment in document.segments:
        assert isinstance(segment, SegmentText) and segment.kind in KINDS
        assert codes.balanced(segment.text)
        assert set(codes.ids(segment.text)) == {code.id for code in segment.codes}
        assert any(character.isalnum() for character in codes.plain(segment.text))
