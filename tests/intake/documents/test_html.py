"""HTML from pages, editors and Word: what is kept of it, and what never gets in."""

import contextlib

import pytest

from tests.pictures import inside, picture
from workflow.intake.documents.reading import Refused, read


def body(html, **known):
    document = read("page.html", f"<h1>T</h1>{html}".encode(), **known)
    return document.body_html.removeprefix("<h1>T</h1>\n")


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='x()'>Text</p>",
        "<p>Te<script>alert(1)</script>xt</p>",
        "<p>Text<iframe src='https://x.org'>fallback</iframe></p>",
        "<p>Text<style>p { color: red }</style></p>",
        "<p><a href='javascript:alert(1)'>Text</a></p>",
        "<p><a href=' jAvA\tscript:alert(1)'>Text</a></p>",
        "<p><a href='data:text/html,x'>Text</a></p>",
        "<p><a href='/relative'>Text</a></p>",
        "<p>Text<img src='data:image/png;base64,AA' onerror='x()'></p>",
        "<p>Te&shy;x&#8203;t</p>",
        "<p>Te\u202ext</p>",
        "<p>Text <!-- a comment --></p>",
        "<p>Text</p><p>&nbsp;</p><p><b> </b></p><div><br></div>",
        "<p style='display: none'>Hidden</p><p>Text</p>",
        "<form><fieldset>Text</fieldset></form>",
    ],
)
def test_nothing_but_the_text_gets_in(html):
    assert body(html) == "<p>Text</p>\n"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a <b>b </b>c</p>", "<p>a <strong>b</strong> c</p>"),
        ("<p><b>a</b><b> b</b></p>", "<p><strong>a b</strong></p>"),
        ("<p><i>a</i> <span style='color:red'>b</span></p>", "<p><em>a</em> b</p>"),
        ("<p>a <span lang='fr'>mot</span></p>", '<p>a <span lang="fr">mot</span></p>'),
        ("<p>a<br>b<br><br>c</p>", "<p>a<br>b</p>\n<p>c</p>"),
        (
            "<div>loose <b>text</b><p>p</p>tail</div>",
            "<p>loose <strong>text</strong></p>\n<p>p</p>\n<p>tail</p>",
        ),
        ("<h5>small</h5><h1>second</h1>", "<h4>small</h4>\n<h2>second</h2>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<p>CO<sub>2</sub> &amp; H<sub>2</sub>O", "<p>CO<sub>2</sub> &amp; H<sub>2</sub>O</p>"),
        (
            "<figure><img src='https://x.org/a' alt='A &quot;tree&quot;'><figcaption>One</figcaption></figure>",
            '<figure><img src="https://x.org/a" alt="A &quot;tree&quot;"><figcaption>One</figcaption></figure>',
        ),
        ("<p><img src='https://x.org/a.png'></p>", '<figure><img src="https://x.org/a.png" alt=""></figure>'),
        (
            "<table><thead><tr><th>A<th>B</thead><tr><td colspan=2><p>c</p></td></tr></table>",
            '<table><tr><th>A</th><th>B</th></tr><tr><td colspan="2">c</td></tr></table>',
        ),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "<p>a</p>\n<p>b</p>"),
        ("<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        (
            "<p><a href='mailto:desk@example.org'>write</a></p>",
            '<p><a href="mailto:desk@example.org">write</a></p>',
        ),
    ],
)
def test_each_kind_of_mark_up_gets_its_canonical_form(html, kept):
    assert body(html) == kept + "\n"


def test_links_are_made_absolute_when_the_address_of_the_page_is_known():
    html = "<p><a href='/b?c=1'>x</a></p>"
    assert body(html, base_url="https://x.org/a/") == '<p><a href="https://x.org/b?c=1">x</a></p>\n'


WORD = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>Doc1</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal { margin: 0cm; mso-style-unhide: no }</style></head><body lang="EN-GB">
<h1 style="mso-pagination:widow-orphan">Harbour town plants&nbsp;trees<o:p></o:p></h1>
<p class="MsoNormal"><span style="mso-spacerun:yes">Pupils of <b style="mso-bidi-font-weight:normal">three
</b></span><b>schools</b> in <st1:City w:st="on">Tangier</st1:City><span style='mso-hide:all'>hidden</span>.\
<o:p>&nbsp;</o:p></p>
<p class="MsoListParagraphCxSpFirst" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1">\
<![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp; </span></span><![endif]>A second row</p>
<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><!--[if !supportLists]-->\
<span>·&nbsp;</span><!--[endif]-->A path</p>
</body></html>
"""


def test_it_cleans_what_word_pastes():
    assert read("paste.html", WORD.encode()).body_html == (
        "<h1>Harbour town plants trees</h1>\n<p>Pupils of <strong>three schools</strong> in Tangier.</p>\n"
        "<ul><li>A second row</li><li>A path</li></ul>\n"
    )


PAGE = """\
<!doctype html><html lang="en"><head><title>Trees planted | The Daily Sail</title>
<meta property="og:title" content="Trees planted"><meta name="author" content="Omar Ba"></head>
<body><header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
<main>%s<article><p>Pupils planted trees.</p><aside>Read also</aside></article></main>
<footer>All rights reserved</footer></body></html>
"""


def test_it_picks_the_article_out_of_a_page():
    document = read("page.html", (PAGE % "<h1>Pupils plant trees</h1>").encode())
    assert document.body_html == (
        '<h1>Pupils plant trees</h1>\n<p class="byline">By Omar Ba</p>\n<p>Pupils planted trees.</p>\n'
    )


def test_a_page_without_a_headline_lends_its_title():
    document = read("page.html", (PAGE % "").encode())
    assert document.title == "Trees planted"
    assert document.warnings == ("The headline was taken from the title of the page.",)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Salma Idrissi", "byline"),
        ("By Dr. Salim M. AlMalik and Omar Ba, Rabat", "byline"),
        ("by Leïla de Souza", "byline"),
        ("Tuesday 1 July 2025", "dateline"),
        ("Rabat, 9 July 2025", "dateline"),
        ("RABAT, Morocco, July 9, 2025 –", "dateline"),
        ("By Friday the work was done", None),
        ("By 2030 all will be well", None),
        ("On Tuesday 1 July 2025", None),
        ("The ministers met in Rabat on 9 July 2025.", None),
        ("Rabat", None),
    ],
)
def test_it_knows_bylines_and_date_lines_and_is_not_fooled(line, kind):
    document = read("a.md", f"# T\n\n{line}\n\nText of the article.\n".encode())
    assert (document.byline, document.dateline) == (
        line if kind == "byline" else "",
        line if kind == "dateline" else "",
    )


@pytest.mark.parametrize(
    "html",
    [
        "<b id=1><b id=2><i><u><p>" + "<p>x" * 10_000,
        "<a>" * 90 + "<p>x" * 4_000,
        "<!--[if x]>" * 100_000 + "x",
        "<![if !supportLists]>" * 100_000 + "x",
        "<table><tr><td></div>" * 50_000 + "x",
        "<title " * 100_000 + "<meta " * 100_000,
        "&lt;" * 500_000 + "<" * 500_000,
        "<p " + "a=b " * 300_000 + ">x",
        "<ul>" * 99 + "<li>x" * 10_000,
    ],
    ids=range(9),
)
@pytest.mark.timeout(20)
def test_hostile_mark_up_takes_no_long_time(html):
    with contextlib.suppress(Refused):
        read("a.html", html.encode())


@pytest.mark.parametrize(
    "text", ["![[" * 200_000, "[" * 200_000, "_a__ " * 200_000, "**a" * 200_000, "\\" * 500_000]
)
@pytest.mark.timeout(20)
def test_hostile_markdown_takes_no_long_time(text):
    with contextlib.suppress(Refused):
        read("a.md", text.encode())


PNG, WEB = inside(picture()), "https://x.org/a.png"


@pytest.mark.parametrize(
    ("image", "src"),
    [
        (f"<img src='{PNG}' alt='A'>", PNG),
        (f"<img src='{PNG[:60]}\n  {PNG[60:]}' alt='A'>", PNG),
        (f"<img src='picture:{'a' * 64}' alt='A'>", "picture:" + "a" * 64),
        (f"<img src='{inside(picture('GIF', (1, 1)))}' data-src='{WEB}' alt='A'>", WEB),
        (f"<img data-lazy-src='{WEB}' alt='A'>", WEB),
        (f"<img data-src='javascript:x()' src='{WEB}' alt='A'>", WEB),
    ],
)
def test_pictures_inside_the_text_and_pictures_loaded_late_are_found(image, src):
    assert body(f"<p>Text</p>{image}") == f'<p>Text</p>\n<figure><img src="{src}" alt="A"></figure>\n'


@pytest.mark.parametrize(
    "src",
    [
        inside(picture("GIF", (1, 1))),
        "data:image/png;base64,!!!!",
        "data:text/html;base64," + "A" * 80,
        "data:image/svg+xml,<svg onload='x()'>",
        "picture:../secret_key",
        "blob:https://x.org/1",
        "file:///c:/a.png",
    ],
)
def test_what_stands_for_no_picture_goes(src):
    assert body(f"<p>Text</p><p><img src=\"{src}\" alt='A'></p>") == "<p>Text</p>\n"
    assert body(f'<p><a href="{src}">Text</a></p>') == "<p>Text</p>\n"
