"""Who may open and do what on the desk: every page and step, for every role."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.conftest import person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation

pytestmark = pytest.mark.django_db

EVERYBODY = {"translator", "other", "editor", "terminologist", "administrator"}
PAGES = {
    "/desk/": EVERYBODY,
    "/desk/board/": {"editor", "administrator"},
    "/desk/articles/{article}/": EVERYBODY,
    "/desk/translations/{ar}/": EVERYBODY,
    "/desk/translations/{ar}/progress": EVERYBODY,
    "/desk/articles/{article}/preview/ar": EVERYBODY,
    "/desk/translations/{ar}/export.po": EVERYBODY,
    "/desk/translations/{ar}/export.xlf": EVERYBODY,
    "/desk/translations/{ar}/import": {"translator", "editor"},
    "/desk/units/{unit}/": EVERYBODY,
    "/desk/units/{unit}/alternatives": EVERYBODY,
    "/desk/units/{unit}/matches": EVERYBODY,
    "/desk/units/{unit}/history": EVERYBODY,
    "/desk/concordance?q=library&locale=ar": EVERYBODY,
    "/desk/figures/": {"editor", "administrator"},
    "/desk/submit/": {"editor"},
    "/desk/submit/{article}/": {"editor"},
    "/desk/terms/": EVERYBODY,
    "/desk/terms/propose": EVERYBODY,
    "/desk/terms/changes/": EVERYBODY,
    "/desk/terms/new": {"terminologist"},
    "/desk/terms/import": {"terminologist"},
    "/desk/terms/proposals/": {"terminologist"},
    "/desk/profile/": EVERYBODY,
    "/desk/notices/": EVERYBODY,
    "/desk/people/": {"administrator"},
    "/desk/people/new": {"administrator"},
    "/desk/engines/": {"administrator"},
}
UNIT_WRITES = ("save", "unconfirm", "accept", "check", "draft-again", "alternatives/ask")


@pytest.fixture
def staff(db: None) -> dict[str, User]:
    return {
        "translator": person("t", "translator", locales=("ar",)),
        "other": person("o", "translator", locales=("fr",)),
        "editor": person("e", "editor"),
        "terminologist": person("w", "terminologist"),
        "administrator": person("a", "administrator"),
    }


@pytest.fixture
def arabic(drafted: Article) -> Translation:
    return drafted.translations.get(locale="ar")


def filled(address: str, arabic: Translation) -> str:
    unit = arabic.current_units()[2]
    return address.format(article=arabic.article_id, ar=arabic.pk, unit=unit.pk)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_to_the_right_roles(
    client: Client, arabic: Translation, staff: dict[str, User], address: str
) -> None:
    place = filled(address, arabic)
    outside = client.get(place)
    assert outside.status_code in (302, 401)
    for role, user in staff.items():
        client.force_login(user)
        assert client.get(place).status_code == (200 if role in PAGES[address] else 403), (role, place)


@pytest.mark.parametrize(
    "address", [page for page in PAGES if "{" in page and page != "/desk/submit/{article}/"]
)
def test_a_restricted_article_is_closed_to_who_is_not_named(
    client: Client, arabic: Translation, staff: dict[str, User], address: str
) -> None:
    Article.objects.filter(pk=arabic.article_id).update(restricted=True)
    for user in staff.values():
        client.force_login(user)
        assert client.get(filled(address, arabic)).status_code == 403
    arabic.article.people.add(staff["translator"])
    client.force_login(staff["translator"])
    assert client.get(filled(address, arabic)).status_code == 200
    client.force_login(staff["editor"])
    assert arabic.article.title not in client.get("/desk/board/").content.decode()


@pytest.mark.parametrize("step", UNIT_WRITES)
def test_a_unit_is_written_by_translators_of_its_language_and_editors(
    client: Client, arabic: Translation, staff: dict[str, User], step: str
) -> None:
    unit = arabic.current_units()[2]
    form = {"version": 9999, "target": "x", "finding": "[]", "reason": "x"}
    assert client.post(f"/desk/units/{unit.pk}/{step}", form).status_code == 401
    for role, user in staff.items():
        client.force_login(user)
        status = client.post(f"/desk/units/{unit.pk}/{step}", form).status_code
        if role in ("translator", "editor"):
            assert status in (200, 202, 409), (role, status)
        else:
            assert status == 403, role


def test_a_live_check_knows_what_has_been_accepted(
    client: Client, arabic: Translation, staff: dict[str, User]
) -> None:
    client.force_login(staff["translator"])
    unit = arabic.current_units()[3]
    text = "تضم 23 كتابا في 41 قاعة."
    saved = client.post(f"/desk/units/{unit.pk}/save", {"version": unit.version, "target": text}).json()
    errors = [finding for finding in saved["findings"] if finding["severity"] == "error"]
    form = {"version": saved["version"], "finding": errors[0]["name"], "reason": "so written"}
    accepted = client.post(f"/desk/units/{unit.pk}/accept", form).json()
    assert [bool(f["accepted"]) for f in accepted["findings"] if f["severity"] == "error"] == [True] + [
        False
    ] * (len(errors) - 1)

    def checked(target: str) -> list[str]:
        findings = client.post(f"/desk/units/{unit.pk}/check", {"target": target}).json()["findings"]
        return [finding["accepted"] for finding in findings if finding["severity"] == "error"]

    assert not any(checked(text + " "))
    assert [said for said in checked(text) if said] == ["Accepted by t: so written"]


def test_a_claim_is_one_persons_until_it_is_released_or_handed_over(
    client: Client, arabic: Translation, staff: dict[str, User]
) -> None:
    colleague = person("k", "translator", locales=("ar",))
    client.force_login(staff["translator"])
    client.post(f"/desk/translations/{arabic.pk}/claim")
    client.force_login(colleague)
    client.post(f"/desk/translations/{arabic.pk}/claim")
    arabic.refresh_from_db()
    assert arabic.assignee == staff["translator"]
    assert client.post(f"/desk/translations/{arabic.pk}/release").status_code == 403
    client.force_login(staff["translator"])
    client.post(f"/desk/translations/{arabic.pk}/assign", {"to": colleague.pk, "reason": "I am away"})
    arabic.refresh_from_db()
    assert (arabic.assignee, arabic.assignment_reason) == (colleague, "I am away")
    assert colleague.notices.count() == 1


def test_routing_takes_the_language_the_absent_and_the_load_into_account(
    client: Client, arabic: Translation, staff: dict[str, User], submitted: Callable[..., Article]
) -> None:
    absent = person("b", "translator", locales=("ar",))
    User.objects.filter(pk=absent.pk).update(absent_from=timezone.localdate())
    client.force_login(staff["editor"])
    client.post("/desk/board/assign", {"to": "auto", "translation": [arabic.pk]})
    arabic.refresh_from_db()
    assert arabic.assignee == staff["translator"]
    assert "open translations: 0" in arabic.why_assigned
    free = person("free", "translator", locales=("ar",))
    second = submitted(text="# Second\n\nIt is another text of the day.\n").translations.get(locale="ar")
    client.post("/desk/board/assign", {"to": "auto", "translation": [second.pk]})
    second.refresh_from_db()
    assert second.assignee == free


def test_why_somebody_has_it_is_said_in_the_readers_language(
    client: Client, arabic: Translation, staff: dict[str, User]
) -> None:
    User.objects.filter(pk=staff["editor"].pk).update(interface_language="fr")
    User.objects.filter(pk=staff["translator"].pk).update(interface_language="ar")
    client.force_login(User.objects.get(pk=staff["editor"].pk))
    client.post("/desk/board/assign", {"to": "auto", "translation": [arabic.pk]})
    page = f"/desk/articles/{arabic.article_id}/"
    assert "traductions en cours\u00a0: 0" in client.get(page).content.decode()
    client.force_login(User.objects.get(pk=staff["translator"].pk))
    shown = client.get(page).content.decode()
    assert "الترجمات المفتوحة: 0" in shown and "traductions en cours" not in shown
    assert "الترجمات المفتوحة: 0" in staff["translator"].notices.get().text
    User.objects.filter(pk=staff["translator"].pk).update(interface_language="en")
    client.post(f"/desk/translations/{arabic.pk}/assign", {"to": staff["editor"].pk, "reason": "100 % yours"})
    assert "100 % yours" in client.get(page).content.decode()


def test_nothing_is_assigned_where_readers_have_the_page(
    client: Client, arabic: Translation, staff: dict[str, User]
) -> None:
    Translation.objects.filter(pk=arabic.pk).update(state="published")
    client.force_login(staff["editor"])
    page = client.get("/desk/board/").content.decode()
    french = arabic.article.translations.get(locale="fr")
    assert re.findall(r'name="translation" value="(\d+)"', page) == [str(french.pk)]
    assert page.count(">nobody</span>") == 1
    article = client.get(f"/desk/articles/{arabic.article_id}/").content.decode()
    assert f'id="assign-{french.pk}"' in article and f'id="assign-{arabic.pk}"' not in article
    client.post("/desk/board/assign", {"to": staff["translator"].pk, "translation": [arabic.pk]})
    arabic.refresh_from_db()
    assert arabic.assignee is None


def test_filters_live_in_the_address(client: Client, arabic: Translation, staff: dict[str, User]) -> None:
    client.force_login(staff["editor"])
    title = arabic.article.title
    assert title in client.get("/desk/board/?q=library&state=in_review&locale=ar").content.decode()
    assert title not in client.get("/desk/board/?state=failed").content.decode()
    assert title not in client.get("/desk/?q=nothing+like+it").content.decode()


def test_the_language_one_chooses_stays_in_the_profile(client: Client, staff: dict[str, User]) -> None:
    client.force_login(staff["editor"])
    client.post("/i18n/setlang/", {"language": "ar", "next": "/desk/"})
    assert '<html lang="ar" dir="rtl">' in client.get("/desk/").content.decode()
    staff["editor"].refresh_from_db()
    assert staff["editor"].interface_language == "ar"


def test_the_last_administrator_stays(client: Client, staff: dict[str, User]) -> None:
    admin = staff["administrator"]
    client.force_login(admin)
    client.post(f"/desk/people/{admin.pk}/", {"username": "a", "is_active": "on"})
    admin.refresh_from_db()
    assert admin.is_administrator
