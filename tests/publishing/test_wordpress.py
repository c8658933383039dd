"""Editions arrive in WordPress once each, linked as translations, whatever happens on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.publishing.conftest import written
from tests.publishing.wordpress import WordPress, serve
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing import deliveries
from workflow.publishing.forms import DestinationForm
from workflow.publishing.models import Delivery, Destination, Edition, RemoteCopy
from workflow.publishing.publish import Presentation, publish, reissue, withdraw

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]


@pytest.fixture(autouse=True)
def an_intranet(settings: Settings) -> None:
    """The site of these tests is on this machine."""
    settings.PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def site() -> Iterator[WordPress]:
    site = WordPress()
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def destination(site: WordPress, db: None) -> Destination:
    return Destination.objects.create(
        name="The site",
        kind="wordpress",
        url=site.address,
        username=site.username,
        password=site.password,
        plugin="polylang",
    )


def work_off(hours: float = 0) -> list[Delivery]:
    """Makes an attempt at every delivery that is due in `hours`; all deliveries, oldest first."""
    later = timezone.now() + timedelta(hours=hours)
    Delivery.objects.filter(state="waiting", due_at__lte=later).update(due_at=timezone.now())
    for pk in deliveries.due(timezone.now()):
        deliveries.deliver(pk)
    return list(Delivery.objects.order_by("id"))


def test_editions_arrive_once_and_linked_as_translations(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    editions = published()
    assert [delivery.state for delivery in work_off()] == ["done"] * 3
    posts = {post["lang"]: post for post in site.posts.values()}
    assert set(posts) == {"en", "fr", "ar"}
    group = {lang: post["id"] for lang, post in posts.items()}
    assert all(post["translations"] == group for post in posts.values())
    arabic = posts["ar"]
    assert arabic["title"] == editions["ar"].title
    assert arabic["slug"] == editions["ar"].slug
    assert arabic["status"] == "publish"
    assert "<strong>مكتبة جديدة</strong>" in arabic["content"]
    assert "<h1" not in arabic["content"]


def test_a_post_says_all_that_the_page_says(
    site: WordPress, destination: Destination, published: Publish, editor: User
) -> None:
    editions = published()
    reissue(editions["ar"], editor, Presentation(correction="عدد الكتاب 12 & ليس 21."))
    work_off()
    content = {post["lang"]: post["content"] for post in site.posts.values()}
    order = (
        "<strong>تصويب</strong>",
        "عدد الكتاب 12 &amp; ليس 21.",
        "المكتب الصحفي",
        "الرباط، 9 يوليو 2025",
        "<strong>مكتبة جديدة</strong>",
        "<bdi>Amina Alaoui</bdi>",
        'href="https://news.example/en/library-opens-in-rabat"',
    )
    places = [content["ar"].find(words) for words in order]
    assert -1 not in places and places == sorted(places), places
    assert content["ar"].count("\n") == 1, "WordPress makes a <br> of each line break"
    assert "By the Press Office" in content["en"]
    assert "provenance" not in content["en"]


def test_pictures_and_links_of_this_site_are_sent_with_its_address(
    site: WordPress, destination: Destination, editor: User
) -> None:
    links = '<a href="/en/x&amp;y?a=1&amp;b#c">x</a> <a href="//y.org/">y</a>'
    html = f'<h1>P</h1><p><img src="/media/a b.png" alt="A"> {links}</p>'
    publish(written(html, "P"), "en", editor)
    work_off()
    (post,) = site.posts.values()
    assert 'src="https://news.example/media/a%20b.png"' in post["content"]
    assert 'href="https://news.example/en/x%26y?a=1&amp;b#c"' in post["content"]
    assert 'href="//y.org/"' in post["content"]


def test_a_later_edition_updates_the_post(
    site: WordPress, destination: Destination, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]
    work_off()
    reissue(edition, editor, Presentation(summary="In short."))
    work_off()
    (post,) = site.posts.values()
    assert post["excerpt"] == "In short."


def test_a_status_that_the_sites_editors_changed_stays(
    site: WordPress, destination: Destination, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]
    work_off()
    next(iter(site.posts.values()))["status"] = "pending"
    reissue(edition, editor, Presentation(summary="In short."))
    work_off()
    assert next(iter(site.posts.values()))["status"] == "pending"


def test_withdrawing_takes_the_post_offline_and_publishing_brings_it_back(
    site: WordPress, destination: Destination, article: Article, published: Publish, editor: User
) -> None:
    withdraw_me = published("en")["en"]
    work_off()
    withdraw(withdraw_me, editor, "wrong")
    work_off()
    (post,) = site.posts.values()
    assert post["status"] == "draft"
    publish(article, "en", editor)
    work_off()
    assert [post["status"] for post in site.posts.values()] == ["publish"]


def test_a_lost_answer_does_not_make_a_second_post(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    site.forget_next = True
    published("ar")
    (delivery,) = work_off()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    (delivery,) = work_off(hours=1)
    assert (delivery.state, delivery.attempts) == ("done", 2)
    assert len(site.posts) == 1


def test_a_post_of_somebody_else_with_the_same_slug_is_left_alone(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    theirs = site.create({"slug": "library-opens-in-rabat", "title": "Theirs", "content": "Theirs"})
    published("en")
    work_off()
    assert theirs["content"] == "Theirs"
    assert len(site.posts) == 2


def test_a_post_deleted_there_is_made_anew(
    site: WordPress, destination: Destination, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]
    work_off()
    site.posts.clear()
    reissue(edition, editor, Presentation(summary="x"))
    work_off()
    assert len(site.posts) == 1
    assert RemoteCopy.objects.get().remote_id == str(next(iter(site.posts)))


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_busy_site_is_tried_again_later_and_later(
    site: WordPress, destination: Destination, published: Publish, status: int
) -> None:
    published("en")
    waits = []
    for _ in range(4):
        site.fail_next = [status]
        (delivery,) = work_off(hours=24)
        waits.append(delivery.due_at - timezone.now())
    assert waits == sorted(waits)
    assert waits[0] < timedelta(seconds=31) and waits[-1] > timedelta(minutes=30)
    assert str(status) in delivery.error and "Something is wrong here." in delivery.error
    (delivery,) = work_off(hours=24)
    assert (delivery.state, delivery.attempts) == ("done", 5)


def test_after_ten_attempts_it_is_given_up_until_an_editor_asks(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    published("en")
    site.fail_next = [500] * 10
    for _ in range(10):
        (delivery,) = work_off(hours=24)
    assert (delivery.state, delivery.attempts) == ("failed", 10)
    assert "The site" in delivery.edition.published_by.notices.get().text
    deliveries.retry(delivery)
    (delivery,) = work_off()
    assert (delivery.state, delivery.error) == ("done", "")


@pytest.mark.parametrize("status", [301, 400, 403])
def test_a_refusal_is_not_tried_again(
    site: WordPress, destination: Destination, published: Publish, status: int
) -> None:
    published("en")
    site.fail_next = [status]
    (delivery,) = work_off()
    assert delivery.state == "failed"
    assert site.requests == [site.requests[0]]


def test_a_wrong_password_is_said_and_never_shown(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    site.password = "another"
    published("en")
    (delivery,) = work_off()
    assert delivery.state == "failed"
    assert "401" in delivery.error
    assert destination.password not in delivery.error


def test_a_site_that_is_down_is_tried_later(destination: Destination, published: Publish) -> None:
    destination.url = "http://127.0.0.1:9"
    destination.save()
    published("en")
    (delivery,) = work_off()
    assert delivery.state == "waiting"
    assert "cannot be reached" in delivery.error


@pytest.mark.parametrize(
    ("host", "fits"), [("169.254.169.254", False), ("10.0.0.1", False), ("127.0.0.1", True)]
)
def test_a_destination_in_our_own_network_has_to_be_allowed(host: str, fits: bool) -> None:
    form = DestinationForm({"name": "Site", "kind": "wordpress", "url": f"https://{host}/", "username": "desk",
                            "status": "publish"})  # fmt: skip
    assert ("url" not in form.errors) is fits


def test_the_password_is_not_sent_into_our_own_network(
    site: WordPress, destination: Destination, published: Publish, settings: Settings
) -> None:
    settings.PRIVATE_HOSTS = []
    published("en")
    (delivery,) = work_off()
    assert delivery.state == "failed"
    assert "internal network" in delivery.error
    assert not site.posts


def test_of_two_changes_only_the_last_is_sent(
    site: WordPress, destination: Destination, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]
    reissue(edition, editor, Presentation(summary="Last."))
    assert [delivery.state for delivery in work_off()] == ["superseded", "done"]
    (post,) = site.posts.values()
    assert post["excerpt"] == "Last."


def test_a_delivery_in_another_process_is_left_to_it_until_its_lease_ends(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    published("en")
    delivery = Delivery.objects.get()
    in_five = timezone.now() + timedelta(minutes=5)
    Delivery.objects.update(state="sending", lease_expires=in_five)
    deliveries.deliver(delivery.pk)
    assert not site.posts
    assert deliveries.due(timezone.now()) == []
    Delivery.objects.update(lease_expires=timezone.now() - timedelta(seconds=1))
    work_off()
    assert len(site.posts) == 1


def test_another_language_of_the_article_waits_for_the_one_under_way(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    """Created side by side they would not know each other's number, and never be linked."""
    published("en", "ar")
    english, arabic = Delivery.objects.order_by("id")
    soon = timezone.now() + timedelta(minutes=5)
    Delivery.objects.filter(pk=english.pk).update(state="sending", lease_expires=soon)
    deliveries.deliver(arabic.pk)
    assert not site.posts
    Delivery.objects.update(state="waiting", lease_expires=None)
    work_off(hours=1)
    assert {post["lang"] for post in site.posts.values()} == {"en", "ar"}
    assert all(len(post["translations"]) == 2 for post in site.posts.values())


def test_wpml_gets_its_custom_fields(site: WordPress, destination: Destination, published: Publish) -> None:
    destination.plugin = "wpml"
    destination.save()
    site.polylang = False
    edition = published("ar")["ar"]
    work_off()
    (post,) = site.posts.values()
    assert post["meta"] == {"_wpml_language": "ar", "_wpml_trid": str(edition.article_id)}


def test_a_destination_gets_only_its_languages(
    site: WordPress, destination: Destination, published: Publish
) -> None:
    destination.locales = ["ar"]
    destination.save()
    published()
    assert [delivery.edition.locale for delivery in work_off()] == ["ar"]
