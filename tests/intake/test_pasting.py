"""Pasting into the form, as people do it from Word, from Word for the web and from Google Docs: in a real browser,
through its clipboard."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.e2e.browser import chromium
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.intake.documents.reading import read

PASTES = Path(__file__).parent / "pastes"
PLAIN = "\r\n".join(
    [
        "Minister Opens Library in Rabat",
        "RABAT, 9 July 2025",
        "The minister opened a new library on Wednesday, in the presence of 12 writers.",
        "The books",
        "·\tnovels in three languages",
        "·\tpoems",
        "See the page of the library. Tickets cost nothing.",
    ]
)
BODY = (
    "<h1>Minister Opens Library in Rabat</h1>\n"
    '<p class="dateline">RABAT, 9 July 2025</p>\n'
    "<p>The minister opened <strong>a new library</strong> on Wednesday, in the presence of 12 writers.</p>\n"
    "<h2>The books</h2>\n"
    "<ul><li>novels in <em>three</em> languages</li><li>poems</li></ul>\n"
    '<p>See <a href="https://example.org/library">the page of the library</a>. Tickets cost nothing.</p>\n'
)
NOTES = "<hr>\n<p>Two of them write in Amazigh.</p>\n"
FROM = {"word": BODY + NOTES, "word_online": BODY, "google_docs": BODY}


@pytest.mark.parametrize("program", FROM)
def test_a_paste_keeps_its_headline_and_formatting_and_loses_the_apparatus(program: str) -> None:
    document = read("pasted text.html", (PASTES / f"{program}.html").read_bytes(), headed=True)
    assert document.title == "Minister Opens Library in Rabat"
    assert document.body_html == FROM[program]


@pytest.mark.parametrize(
    ("html", "title", "rest"),
    [
        ("<p>Headline</p><p>Text of it.</p>", "Headline", "<p>Text of it.</p>\n"),
        ("<p>By Sara Haddad</p><p>Headline</p><p>Text.</p>", "Headline", "<p>Text.</p>\n"),
        ("<p>Headline</p><p>Text.</p><p>More.</p><h1>Section</h1>", "Headline", "<h2>Section</h2>\n"),
        ("<p>Culture</p><h1>Headline</h1><p>Text.</p>", "Headline", "<p>Culture</p>\n<p>Text.</p>\n"),
        (f"<p>{'A long lead. ' * 20}</p><p>Text.</p>", "Pasted text", "<p>Text.</p>\n"),
    ],
)
def test_the_first_line_is_the_title(html: str, title: str, rest: str) -> None:
    document = read("pasted text.html", html.encode(), headed=True)
    assert document.title == title
    assert document.body_html.endswith(rest)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "Library Opens\r\nThe minister opened the library on Wednesday.\r\nIt holds many books.",
        "Library Opens\n\nThe minister opened the library on Wednesday.\n\nIt holds many books.",
        "# Library Opens\nThe minister opened the library on Wednesday.\n\nIt holds many books.",
    ],
)
def test_so_it_is_in_plain_text(client: Client, editor: User, text: str) -> None:
    client.force_login(editor)
    assert client.post("/desk/submit/", {"text": text, "locales": ["ar"]}).status_code == 302
    article = Article.objects.get()
    assert article.title == "Library Opens"
    assert article.current is not None
    assert article.current.html.count("<p>") == 2


def paste(page: Any, html: str, plain: str) -> None:
    """Puts both on the clipboard as a word processor does, raw, and pastes into the form's field."""
    page.evaluate(
        """([html, plain]) => {
            addEventListener("copy", (event) => {
                event.clipboardData.setData("text/html", html);
                event.clipboardData.setData("text/plain", plain);
                event.preventDefault();
            }, { once: true });
            document.execCommand("copy");
        }""",
        [html, plain],
    )
    page.focus("#text")
    page.keyboard.press("Control+v")
    page.wait_for_function("document.getElementById('text').value !== ''")


@pytest.fixture
def desk(live_server: Any, client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The submit form in a browser, signed in."""
    # Playwright runs a loop in this thread, and Django would take us for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client.force_login(editor)
    with chromium() as browser:
        context = browser.new_context()
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/desk/submit/")
        yield page


def submitted(page: Any) -> Article:
    page.click("main form button.button-primary")
    page.wait_for_url("**/desk/articles/*/")
    return Article.objects.select_related("current").latest("pk")


@pytest.mark.django_db(transaction=True)
def test_what_chromium_pastes_arrives(desk: Any) -> None:
    for program, body in FROM.items():
        desk.goto(desk.url.split("/desk/")[0] + "/desk/submit/")
        paste(desk, (PASTES / f"{program}.html").read_text(), PLAIN)
        assert desk.is_visible("[data-paste-kept]"), program
        article = submitted(desk)
        assert article.title == "Minister Opens Library in Rabat", program
        assert article.current is not None
        assert article.current.html == body, program


@pytest.mark.django_db(transaction=True)
def test_a_paste_that_was_changed_by_hand_still_has_its_headline(desk: Any) -> None:
    paste(desk, (PASTES / "word.html").read_text(), PLAIN)
    desk.keyboard.type(" Come!")
    article = submitted(desk)
    assert article.title == "Minister Opens Library in Rabat"
    assert article.current is not None
    assert article.current.html.count("<p>") == 3
    assert "Come!" in article.current.html
