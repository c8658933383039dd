"""My work and the board: what comes first, what is counted, and what an address keeps."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import State, Translation

pytestmark = pytest.mark.django_db

Submit = Callable[..., Article]


def headed(submitted: Submit, title: str, *, hours: float | None = None, state: str = "", **fields: object):
    """An article with that title, a deadline so many hours away, and both translations in one state."""
    deadline = timezone.now() + timedelta(hours=hours) if hours is not None else None
    article = submitted(text=f"# {title}\n\nThe text of {title}.\n", deadline=deadline, **fields)
    if state:
        article.translations.update(state=state)
    return article


def shown(client: Client, address: str) -> list[str]:
    """The titles of the list, in order."""
    page = client.get(address).content.decode()
    return re.findall(r'class="title-cell">\s*<a [^>]*>([^<]+)</a>', page)


def tabs(client: Client, address: str) -> dict[str, tuple[str, int | None]]:
    """The tabs over a list by name: where each leads, and its count."""
    page = client.get(address).content.decode()
    part = page[page.index('class="tabs"') : page.index("</ul>", page.index('class="tabs"'))]
    found = re.findall(r'href="([^"]*)"[^>]*>([^<]+?) ?(?:<span class="count[^"]*">(\d+)</span>)?</a>', part)
    return {name: (address.replace("&amp;", "&"), int(n) if n else None) for address, name, n in found}


def test_the_board_puts_unfinished_late_work_first_and_finished_work_is_never_late(
    client: Client, submitted: Submit, editor: User
) -> None:
    client.force_login(editor)
    headed(submitted, "Published in time", hours=-48, state=State.PUBLISHED)
    headed(submitted, "Approved", hours=-48, state=State.APPROVED)
    headed(submitted, "Urgent", hours=5, state=State.IN_REVIEW, priority=0)
    half = headed(submitted, "Half done", hours=-1, state=State.PUBLISHED, priority=3)
    headed(submitted, "Someday", state=State.IN_REVIEW, priority=3)
    assert shown(client, "/desk/board/")[:2] == ["Urgent", "Someday"]
    assert "row-late" not in client.get("/desk/board/").content.decode()
    half.translations.filter(locale="fr").update(state=State.IN_REVIEW)
    assert shown(client, "/desk/board/")[:2] == ["Half done", "Urgent"]
    assert client.get("/desk/board/").content.decode().count("row-late") == 1


def test_the_board_counts_every_translation_once(client: Client, submitted: Submit, editor: User) -> None:
    client.force_login(editor)
    headed(submitted, "One", state=State.IN_REVIEW)
    headed(submitted, "Two", state=State.IN_REVIEW)
    headed(submitted, "Three", state=State.PUBLISHED)
    counts = {name: count for name, (_address, count) in tabs(client, "/desk/board/").items()}
    assert counts == {"All": None, "in review": 4, "approved": 0, "published": 2, "drafting": 0}


def test_tabs_and_filters_combine_and_the_counts_follow(
    client: Client, submitted: Submit, editor: User
) -> None:
    client.force_login(editor)
    headed(submitted, "Budget vote", state=State.IN_REVIEW, priority=0)
    headed(submitted, "Budget speech", state=State.PUBLISHED)
    headed(submitted, "Football", state=State.IN_REVIEW)
    found = tabs(client, "/desk/board/?q=Budget&locale=fr&state=published")
    assert {name: count for name, (_address, count) in found.items() if count} == {
        "in review": 1,
        "published": 1,
    }
    assert found["in review"][0] == "?state=in_review&locale=fr&q=Budget"
    assert shown(client, "/desk/board/" + found["in review"][0]) == ["Budget vote"]
    assert shown(client, "/desk/board/?priority=0") == ["Budget vote"]
    assert len(shown(client, "/desk/board/?priority=nonsense&state=nonsense&who=nonsense")) == 3


def test_the_board_tells_what_nobody_has(
    client: Client, submitted: Submit, editor: User, amina: User
) -> None:
    client.force_login(editor)
    taken = headed(submitted, "Taken", state=State.IN_REVIEW)
    headed(submitted, "Free", state=State.IN_REVIEW)
    headed(submitted, "Done", state=State.PUBLISHED)
    taken.translations.update(assignee=amina)
    assert shown(client, "/desk/board/?who=nobody") == ["Free"]
    assert shown(client, f"/desk/board/?who={amina.pk}") == ["Taken"]


def test_my_work_is_late_first_then_by_priority_and_deadline(
    client: Client, submitted: Submit, amina: User
) -> None:
    client.force_login(amina)
    headed(submitted, "Someday", state=State.IN_REVIEW)
    headed(submitted, "Soon", hours=5, state=State.IN_REVIEW)
    headed(submitted, "Urgent", hours=9, state=State.IN_REVIEW, priority=0)
    headed(submitted, "Late", hours=-1, state=State.IN_REVIEW, priority=3)
    headed(submitted, "Approved late", hours=-9, state=State.APPROVED, priority=0)
    assert shown(client, "/desk/") == ["Late", "Urgent", "Soon", "Someday", "Approved late"]


def test_what_is_mine_and_what_is_free(client: Client, submitted: Submit, amina: User, karim: User) -> None:
    client.force_login(amina)
    now = timezone.now()

    def arabic(title: str, **fields: object) -> None:
        article = headed(submitted, title, state=State.IN_REVIEW)
        Translation.objects.filter(article=article, locale="ar").update(**fields)

    arabic("Mine", assignee=amina)
    arabic("Claimed by me", assignee=amina, claim_expires=now + timedelta(hours=1))
    arabic("Left by me", assignee=amina, claim_expires=now - timedelta(hours=1))
    arabic("Left by Karim", assignee=karim, claim_expires=now - timedelta(hours=1))
    arabic("Karim's", assignee=karim)
    arabic("Approved", state=State.APPROVED)
    arabic("Free")
    assert set(shown(client, "/desk/?show=mine")) == {"Mine", "Claimed by me"}
    assert set(shown(client, "/desk/?show=free")) == {"Left by me", "Left by Karim", "Free"}
    counts = {name: count for name, (_address, count) in tabs(client, "/desk/?q=by").items()}
    assert counts == {"Mine": 1, "Free to take": 2, "All": 3}
    assert tabs(client, "/desk/?q=by")["Mine"][0] == "?q=by&show=mine"


def test_an_editor_who_translates_nothing_sees_the_work_of_every_language(
    client: Client, submitted: Submit, editor: User
) -> None:
    client.force_login(editor)
    headed(submitted, "Both", state=State.IN_REVIEW)
    assert shown(client, "/desk/") == ["Both", "Both"]
    assert shown(client, "/desk/?locale=fr") == ["Both"]


def test_other_pages_of_a_list_keep_its_filters(client: Client, submitted: Submit, editor: User) -> None:
    client.force_login(editor)
    article = headed(submitted, "Long list")
    Article.objects.bulk_create(Article(title=f"Long list {n}", current=article.current) for n in range(41))
    Translation.objects.bulk_create(
        Translation(article=a, locale="fr", revision=article.current, state=State.IN_REVIEW)
        for a in Article.objects.exclude(pk=article.pk)
    )
    page = client.get("/desk/board/?q=Long").content.decode()
    assert "?q=Long&amp;page=2" in page
    assert len(shown(client, "/desk/board/?q=Long&page=2")) == 2
