"""Comments: with the unit they are about, whatever the source becomes; resolved and reopened by people of the desk."""

import pytest
from django.test import Client

from tests.conftest import TINY
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit
from workflow.review.conversation import threads
from workflow.review.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic(drafted: Article) -> Translation:
    return drafted.translations.get(locale="ar")


def remark(translation: Translation, place: int, text: str, **fields: object) -> Comment:
    unit = translation.current_units()[place]
    return Comment.objects.create(translation=translation, unit=unit, text=text, **fields)


def revise(translation: Translation, text: str, editor: User) -> Translation:
    article = translation.article
    submit(read("tiny.md", text.encode()), Wishes(locales=("ar",)), by=editor, origin="test", article=article)
    translation.refresh_from_db()
    return translation


def test_comments_go_on_with_their_unit_when_the_source_changes(arabic: Translation, editor: User) -> None:
    remark(arabic, 2, "Which minister?")
    remark(arabic, 3, "A reader reports: “5,000”", from_reader=True)
    revise(arabic, TINY.replace("5,000 books", "6,000 books"), editor)
    by_unit, whole = threads(arabic)
    units = list(arabic.current_units())
    assert [comment.text for comment in by_unit[units[2].pk]] == ["Which minister?"]
    assert [comment.from_reader for comment in by_unit[units[3].pk]] == [True]
    assert whole == []


def test_comments_on_a_segment_that_has_gone_stand_with_the_whole_text(
    arabic: Translation, editor: User
) -> None:
    remark(arabic, 3, "Is it 5,000?")
    revise(arabic, "# Quite Another Text\n\nNothing of it is left here at all.\n", editor)
    by_unit, whole = threads(arabic)
    assert not any(by_unit.values())
    assert [comment.text for comment in whole] == ["Is it 5,000?"]


def test_the_desk_shows_history_and_comments_of_the_unit_before(
    client: Client, arabic: Translation, amina: User, editor: User
) -> None:
    client.force_login(amina)
    unit = arabic.current_units()[3]
    client.post(f"/desk/units/{unit.pk}/save", {"version": unit.version, "target": "تضم 5,000 كتاب."})
    client.post(f"/desk/units/{unit.pk}/comment", {"text": "Count them again."})
    revise(arabic, TINY.replace("5,000 books", "6,000 books"), editor)
    assert "Count them again." in client.get(f"/desk/translations/{arabic.pk}/").content.decode()
    versions = client.get(f"/desk/units/{arabic.current_units()[3].pk}/history").json()["versions"]
    assert [version["target"] for version in versions[:2]] == ["تضم 5,000 كتاب."] * 2
    assert versions[1]["author"] == str(amina)
    assert versions[0]["diff"] == [["equal", "تضم 5,000 كتاب."]]


def test_a_comment_is_resolved_shown_as_resolved_and_reopened(
    client: Client, arabic: Translation, amina: User, karim: User
) -> None:
    report = remark(arabic, 3, "A reader reports: “5,000”", from_reader=True)
    client.force_login(amina)
    answer = client.post(f"/desk/comments/{report.pk}/settle", {"resolved": "1"}).json()
    assert "comment-resolved" in answer["html"] and "Reopen" in answer["html"]
    client.force_login(karim)
    client.post(f"/desk/comments/{report.pk}/settle", {"resolved": "1"})
    report.refresh_from_db()
    assert report.resolved_at is not None and report.resolved_by == amina
    page = client.get(f"/desk/translations/{arabic.pk}/").content.decode()
    assert report.text in page and "comment-resolved" in page
    answer = client.post(f"/desk/comments/{report.pk}/settle", {"resolved": "0"}).json()
    assert "comment-resolved" not in answer["html"]
    report.refresh_from_db()
    assert (report.resolved_at, report.resolved_by) == (None, None)


def test_comments_are_settled_by_who_translates_edits_or_wrote_them(
    client: Client, arabic: Translation, amina: User, claire: User, editor: User
) -> None:
    comment = remark(arabic, 0, "By the way")
    own = remark(arabic, 0, "My own", author=claire)
    place = "/desk/comments/{}/settle"
    assert client.post(place.format(comment.pk)).status_code == 401
    for user, status in ((claire, 403), (amina, 200), (editor, 200)):
        client.force_login(user)
        assert client.post(place.format(comment.pk), {"resolved": "1"}).status_code == status
    client.force_login(claire)
    assert client.post(place.format(own.pk), {"resolved": "1"}).status_code == 200
    assert client.get(place.format(own.pk)).status_code == 405
    Article.objects.filter(pk=arabic.article_id).update(restricted=True)
    assert client.post(place.format(own.pk), {"resolved": "0"}).status_code == 403
    own.refresh_from_db()
    assert own.resolved_by == claire
