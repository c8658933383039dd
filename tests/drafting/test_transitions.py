"""Every move between states is legal, logged, and made once."""

import pytest

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import State, Translation
from workflow.drafting.transitions import LEGAL, IllegalTransition, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(article: Article) -> Translation:
    return article.translations.get(locale="ar")


def test_it_moves_and_logs_who_and_why(translation: Translation, editor: User) -> None:
    move(translation, "start_drafting", editor, "because")
    translation.refresh_from_db()
    assert translation.state == State.DRAFTING
    log = translation.transitions.get()
    assert (log.before, log.after, log.actor, log.reason) == ("queued", "drafting", editor, "because")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", LEGAL)
def test_it_refuses_every_step_that_the_table_does_not_allow(
    translation: Translation, name: str, state: str
) -> None:
    Translation.objects.filter(pk=translation.pk).update(state=state)
    legal_from, after = LEGAL[name]
    if state in legal_from:
        move(translation, name)
        translation.refresh_from_db()
        assert translation.state == after
    else:
        with pytest.raises(IllegalTransition):
            move(translation, name)
        translation.refresh_from_db()
        assert translation.state == state
        assert not translation.transitions.exists()


def test_the_row_decides_and_not_the_copy_in_memory(translation: Translation) -> None:
    stale = Translation.objects.get(pk=translation.pk)
    move(translation, "start_drafting")
    with pytest.raises(IllegalTransition):
        move(stale, "start_drafting")
