"""The line under a translation says what the record says, and nothing else."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing import provenance
from workflow.publishing.models import Edition
from workflow.publishing.provenance import Provenance, Way
from workflow.publishing.publish import publish
from workflow.review.models import Approval

pytestmark = pytest.mark.django_db
Translate = Callable[..., Approval]


def line(edition: Edition) -> str:
    """The line in English, whatever catalogues there are."""
    with override("en"):
        html = render_to_string("site/_provenance.html", {"provenance": provenance.of(edition)})
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    ("work", "says"),
    [
        ({}, "Translated by machine and revised by Amina Alaoui; approved by Karim Mansour on"),
        ({"approver": "amina"}, "Translated by machine; revised and approved by Amina Alaoui on"),
        (
            {"untouched": True},
            "Translated by machine and read in full by Amina Alaoui, who found nothing to change; "
            "approved by Karim Mansour on",
        ),
        ({"machine": False}, "Translated by Amina Alaoui; approved by Karim Mansour on"),
        ({"machine": False, "approver": "amina"}, "Translated and approved by Amina Alaoui on"),
    ],
)
def test_the_line_says_how_the_text_was_made(
    article: Article, editor: User, translated: Translate, work: dict, says: str
) -> None:
    translated(article, "ar", **work)
    shown = line(publish(article, "ar", editor))
    assert shown.startswith(says)
    assert shown.endswith("The original is in English.")


def test_the_line_links_to_the_original_once_it_is_live(
    client: Client, article: Article, editor: User, translated: Translate
) -> None:
    translated(article, "ar")
    edition = publish(article, "ar", editor)
    publish(article, "en", editor)
    page = client.get(f"/ar/{edition.slug}").content.decode()
    assert 'href="/en/library-opens-in-rabat" hreflang="en" lang="en" dir="ltr"' in page


def test_an_original_has_no_such_line(article: Article, editor: User) -> None:
    assert line(publish(article, "en", editor)) == ""


def test_text_that_nobody_confirmed_says_so(article: Article, translated: Translate) -> None:
    approval = translated(article, "ar")
    approval.targets = {key: {**unit, "confirmed_by": ""} for key, unit in approval.targets.items()}
    assert provenance.of_approval(approval).way == Way.UNREVISED


def test_the_memory_is_peoples_work(article: Article, translated: Translate) -> None:
    approval = translated(article, "ar", machine=False)
    approval.models_used = ["memory"]
    approval.targets = {key: {**unit, "origin": "memory"} for key, unit in approval.targets.items()}
    assert provenance.of_approval(approval).way == Way.PERSON


@pytest.mark.parametrize(
    ("people", "named"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_people_are_named_as_one_says_it(people: tuple[str, ...], named: str) -> None:
    assert Provenance(Way.PERSON, people, "A", timezone.now()).named == named
