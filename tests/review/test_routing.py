"""Routing: who gets a translation whose draft is ready, why, and what is said when nobody can take it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import OneEngine, person
from workflow.accounts.models import Notice, User, WorkingLocale
from workflow.articles.models import Article
from workflow.drafting import work
from workflow.drafting.models import State, Translation
from workflow.review.assignment import assign, candidates, claim, release, route, route_ready

pytestmark = pytest.mark.django_db

Submit = Callable[..., Article]


@pytest.fixture
def arabic(drafted: Article) -> Translation:
    return drafted.translations.get(locale="ar")


def away(person: User) -> None:
    User.objects.filter(pk=person.pk).update(absent_from=timezone.localdate())


def prefers(person: User, *domains: str) -> None:
    WorkingLocale.objects.filter(user=person).update(domains=list(domains))


def test_a_translation_is_routed_when_its_draft_is_ready_and_not_before(
    submitted: Submit, registry: OneEngine, amina: User, claire: User
) -> None:
    article = submitted()
    assert route_ready() == 0
    work.drain(registry)  # type: ignore[arg-type]
    assert route_ready() == 2
    arabic, french = article.translations.order_by("locale")
    assert (arabic.assignee, french.assignee) == (amina, claire)
    assert arabic.why_assigned == "routed: open translations: 0"
    assert arabic.claim_expires is None
    assert "is yours" in Notice.objects.get(user=amina).text
    assert route_ready() == 0 and Notice.objects.count() == 2


def test_a_ready_draft_rings_for_routing(
    article: Article, registry: OneEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("workers.doorbell.ring", lambda task, *ids: rung.append(task))
    work.drain(registry)  # type: ignore[arg-type]
    assert rung.count("tasks.route") == 2


def test_the_setting_leaves_everything_on_the_pile(
    arabic: Translation, amina: User, settings: Settings
) -> None:
    settings.AUTO_ASSIGN = False
    assert route_ready() == 0
    arabic.refresh_from_db()
    assert arabic.assignee is None


def test_the_domain_goes_before_the_load(submitted: Submit, amina: User, karim: User) -> None:
    prefers(karim, "health", "Justice")
    for title in ("One", "Two"):
        busy = submitted(text=f"# {title}\n\nText.\n").translations.get(locale="ar")
        Translation.objects.filter(pk=busy.pk).update(assignee=karim)
    of_justice = submitted(text="# Court\n\nText.\n", domain="justice").translations.get(locale="ar")
    (first, why), (second, _reason) = candidates(of_justice).ranked
    assert (first, second) == (karim, amina)
    assert why["message"] == "works on %(domain)s; %(load)s"
    of_sport = submitted(text="# Match\n\nText.\n", domain="sport").translations.get(locale="ar")
    assert candidates(of_sport).ranked[0][0] == amina
    without = submitted(text="# Else\n\nText.\n").translations.get(locale="ar")
    assert candidates(without).ranked[0][0] == amina


def test_work_is_spread(submitted: Submit, amina: User, karim: User, settings: Settings) -> None:
    for title in "ABCD":
        submitted(text=f"# Title {title}\n\nText {title}.\n")
    Translation.objects.update(state=State.IN_REVIEW)
    route_ready()
    assert {u: u.assignments.count() for u in (amina, karim)} == {amina: 2, karim: 2}


def test_what_somebody_has_is_no_load_against_them(
    arabic: Translation, amina: User, karim: User, editor: User
) -> None:
    assign(arabic, karim, by=editor)
    arabic.refresh_from_db()
    assert route(arabic, by=editor) == karim
    arabic.refresh_from_db()
    assert arabic.why_assigned == "routed: open translations: 0"


def test_finished_work_and_claims_that_ran_out_are_no_load(
    submitted: Submit, arabic: Translation, amina: User, karim: User
) -> None:
    done, left = (submitted(text=f"# {t}\n\nText.\n").translations.get(locale="ar") for t in ("Done", "Left"))
    Translation.objects.filter(pk=done.pk).update(assignee=amina, state=State.APPROVED)
    hour_ago = timezone.now() - timedelta(hours=1)
    Translation.objects.filter(pk=left.pk).update(assignee=amina, claim_expires=hour_ago)
    assert candidates(arabic).ranked[0][0] == amina


def test_the_absent_are_passed_over_and_named(
    client: Client, arabic: Translation, amina: User, karim: User, editor: User
) -> None:
    away(amina)
    route_ready()
    arabic.refresh_from_db()
    assert arabic.assignee == karim
    client.force_login(editor)
    assert "routed: open translations: 0; away: amina" in client.get("/desk/board/").content.decode()
    client.force_login(karim)
    assert "routed: open translations: 0; away: amina" in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "first, last, there", [(-3, -1, True), (-3, 0, False), (1, 3, True), (0, None, False)]
)
def test_an_absence_has_a_first_and_a_last_day(
    arabic: Translation, amina: User, first: int, last: int | None, there: bool
) -> None:
    today = timezone.localdate()
    amina.absent_from = today + timedelta(days=first)
    amina.absent_until = None if last is None else today + timedelta(days=last)
    amina.save()
    assert bool(candidates(arabic).ranked) is there


def test_the_board_says_why_nobody_has_it(
    client: Client, drafted: Article, amina: User, editor: User
) -> None:
    away(amina)
    assert route_ready() == 0
    client.force_login(editor)
    page = client.get("/desk/board/").content.decode()
    assert "nobody fits: away: amina" in page
    assert "nobody fits: nobody translates into this language" in page
    assert ">away: amina</option>" in client.get(f"/desk/articles/{drafted.pk}/").content.decode()
    person("claire", "translator", locales=("fr",))
    User.objects.filter(pk=amina.pk).update(absent_from=None)
    assert route_ready() == 2
    assert "nobody fits" not in client.get("/desk/board/").content.decode()


def test_a_restricted_article_goes_to_who_is_named_on_it(
    arabic: Translation, amina: User, karim: User
) -> None:
    Article.objects.update(restricted=True)
    route_ready()
    arabic.refresh_from_db()
    assert arabic.assignee is None
    assert "no translator of this language is named" in arabic.why_assigned
    arabic.article.people.add(karim)
    route_ready()
    arabic.refresh_from_db()
    assert arabic.assignee == karim


def test_what_was_given_back_is_not_given_out_again(arabic: Translation, amina: User) -> None:
    route_ready()
    arabic.refresh_from_db()
    release(arabic, amina)
    assert route_ready() == 0
    arabic.refresh_from_db()
    assert (arabic.assignee, arabic.why_assigned) == (None, "released by amina")


def test_the_desk_takes_nothing_from_who_was_faster(arabic: Translation, amina: User, karim: User) -> None:
    seen_before = Translation.objects.get(pk=arabic.pk)
    claim(arabic, karim)
    assert assign(seen_before, amina, by=None) is False
    arabic.refresh_from_db()
    assert arabic.assignee == karim
    assert not Notice.objects.exists()


def test_assigning_in_bulk_tells_what_was_refused(
    client: Client, drafted: Article, claire: User, editor: User
) -> None:
    client.force_login(editor)
    arabic, french = drafted.translations.order_by("locale")
    chosen = {"to": claire.pk, "translation": [arabic.pk, french.pk]}
    page = client.post("/desk/board/assign", chosen, follow=True).content.decode()
    assert "Assigned: claire 1" in page
    assert "(ar): claire does not translate into this language" in page
    arabic.refresh_from_db()
    french.refresh_from_db()
    assert (arabic.assignee, french.assignee) == (None, claire)


def test_routing_in_bulk_tells_for_what_nobody_fits(
    client: Client, drafted: Article, claire: User, editor: User
) -> None:
    client.force_login(editor)
    chosen = {"to": "auto", "translation": [t.pk for t in drafted.translations.all()]}
    page = client.post("/desk/board/assign", chosen, follow=True).content.decode()
    assert "Assigned: claire 1" in page
    assert "(ar): nobody fits: nobody translates into this language" in page


def test_assigning_nothing_or_to_nobody(client: Client, drafted: Article, editor: User) -> None:
    client.force_login(editor)
    page = client.post("/desk/board/assign", {"to": "auto"}, follow=True).content.decode()
    assert "Choose translations first." in page
    assert client.post("/desk/board/assign", {"to": "x", "translation": ["x"]}).status_code == 404


def test_a_translator_cannot_be_given_what_they_may_not_see(
    arabic: Translation, amina: User, editor: User
) -> None:
    arabic.article.restricted = True
    with pytest.raises(PermissionDenied):
        assign(arabic, amina, by=editor)
