"""Publishing, reissuing, withdrawing: one locale at a time, only what is approved, once."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tests.publishing.conftest import written
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.articles.revisions import SourceText, add_revision
from workflow.drafting.models import State, Translation
from workflow.publishing.models import Edition
from workflow.publishing.publish import NotPublishable, Presentation, publish, reissue, withdraw
from workflow.publishing.slugs import slugify
from workflow.review.models import Approval

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]
Translate = Callable[..., Approval]


def test_only_an_approved_text_can_be_published(article: Article, editor: User) -> None:
    Translation.objects.create(article=article, locale="ar", revision=article.current, state=State.IN_REVIEW)
    with pytest.raises(NotPublishable, match="in review"):
        publish(article, "ar", editor)


def test_the_database_refuses_a_translation_without_an_approval(article: Article, editor: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            article=article, locale="ar", revision=article.current, number=1, slug="x", title="x", html="",
            published_at=timezone.now(),
        )  # fmt: skip


def test_publishing_one_locale_leaves_the_others_as_they_are(
    article: Article, editor: User, published: Publish
) -> None:
    before = published("en", "ar")
    add_revision(article, SourceText("New", "<h1>New</h1><p>Everything has changed.</p>"), by=editor)
    publish(article, "en", editor)
    arabic = Edition.objects.live().get(article=article, locale="ar")
    assert arabic.pk == before["ar"].pk
    assert arabic.outdated


def test_the_source_published_twice_is_one_edition(article: Article, editor: User) -> None:
    edition = publish(article, "en", editor, Presentation(summary="In short."))
    again = Presentation(slug="", summary="In short.", social_title="", correction="")
    assert edition == publish(article, "en", editor) == publish(article, "en", editor, again)
    assert Edition.objects.count() == 1


def test_a_later_edition_keeps_what_nothing_is_said_of(article: Article, editor: User) -> None:
    first = publish(article, "en", editor, Presentation(summary="In short.", social_title="Look"))
    second = reissue(first, editor, Presentation(correction="Sorry."))
    third = reissue(second, editor, Presentation(social_title="See"))
    assert (third.slug, third.published_at, third.summary) == (first.slug, first.published_at, "In short.")
    assert (third.correction, third.corrected_at) == ("Sorry.", second.corrected_at)
    assert (third.social_title, third.issued_at > first.issued_at) == ("See", True)
    assert [e.live for e in article.editions.order_by("number")] == [False, False, True]


def test_what_is_emptied_is_gone(article: Article, editor: User) -> None:
    said = Presentation(summary="In short.", social_title="Look", correction="Sorry.")
    first = publish(article, "en", editor, said)
    second = reissue(first, editor, Presentation(slug="", summary="", social_title=" ", correction=""))
    assert (second.slug, second.summary, second.social_title) == (first.slug, "", "")
    assert (second.correction, second.corrected_at) == ("", None)


def test_another_correction_has_another_date(article: Article, editor: User) -> None:
    first = publish(article, "en", editor, Presentation(correction="Sorry."))
    second = reissue(first, editor, Presentation(correction="Sorry again."))
    assert first.corrected_at and second.corrected_at and second.corrected_at > first.corrected_at


def test_what_is_withdrawn_can_be_published_again(article: Article, editor: User, published: Publish) -> None:
    edition = published("ar")["ar"]
    withdraw(edition, editor, "wrong")
    with pytest.raises(NotPublishable, match="not live"):
        withdraw(edition, editor, "again")
    assert article.translations.get(locale="ar").state == State.APPROVED
    again = publish(article, "ar", editor)
    assert (again.number, again.slug) == (2, edition.slug)


def test_only_editors_publish(article: Article, people: dict[str, User]) -> None:
    for name in ("amina", "ada"):
        with pytest.raises(PermissionDenied):
            publish(article, "en", people[name])


def test_an_address_once_used_stays_with_its_article(editor: User, db: None) -> None:
    first = written("<h1>Same Title</h1><p>One.</p>", "Same Title")
    second = written("<h1>Same Title</h1><p>Two.</p>", "Same Title")
    edition = publish(first, "en", editor)
    reissue(edition, editor, Presentation(slug="another"))
    assert publish(second, "en", editor).slug == f"same-title-{second.pk}"


@pytest.mark.parametrize("title", ["Search", "Archive", "…", "About Translation"])
def test_a_title_cannot_take_an_address_of_the_site(editor: User, db: None, title: str) -> None:
    article = written(f"<h1>{title}</h1><p>Text.</p>", title)
    assert publish(article, "en", editor).slug.endswith(str(article.pk))


def test_another_faster_article_gets_the_address(
    editor: User, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and writing somebody else takes the slug: the database decides, nobody fails."""
    first = written("<h1>Same</h1><p>One.</p>", "Same")
    second = written("<h1>Same</h1><p>Two.</p>", "Same")
    publish(first, "en", editor)
    monkeypatch.setattr("workflow.publishing.publish._taken", lambda *_args: False)
    assert publish(second, "en", editor).slug == f"same-{second.pk}"
    third = written("<h1>Third</h1><p>Three.</p>", "Third")
    with pytest.raises(NotPublishable, match="Another article"):
        publish(third, "en", editor, Presentation(slug="same"))
    assert not third.editions.exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’été à Fès : « Où ? »", "l-été-à-fès-où"),
        ("مَكْتَبَةٌ جديـــدة", "مكتبة-جديدة"),
        ("  --  ", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("ﷺ 2026", "صلى-الله-عليه-وسلم-2026"),
    ],
)
def test_slugs_keep_letters_of_every_script_and_nothing_else(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.django_db(transaction=True)
def test_editors_publishing_at_once_make_one_edition(
    editor: User, translated: Translate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = written("<h1>Tiny</h1><p>A very short text.</p>", "Tiny")
    translated(article, "ar", texts=("صغير", "نص قصير جدا."))
    _in_a_file(tmp_path / "desk.sqlite3", monkeypatch)
    start, outcomes = threading.Barrier(4), []

    def attempt() -> None:
        start.wait()
        try:
            outcomes.append(publish(article, "ar", editor).number)
        except NotPublishable:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, outcomes)) == ["1", "refused", "refused", "refused"]


def _in_a_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets other threads work on a copy of the test database in a file, as processes do in the newsroom:
    connections to a database in memory share its cache, and with it locks that nobody waits for."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
