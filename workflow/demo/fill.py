"""Fills the demo newsroom once, through the same doors people use; killed half-way, it goes on next time."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Origin, State, Translation, UnitState
from workflow.drafting.units import save_target
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit
from workflow.publishing.models import Edition
from workflow.publishing.publish import publish
from workflow.review.approval import approve

from .people import hire

TEXTS = Path(__file__).parent / "newsroom"
TRANSLATORS = {"ar": ("amina", "karim"), "fr": ("claire", "louis")}


class DraftsLate(Exception):
    """The workers did not finish the drafts in time."""


def fill(say: Callable[[str], None]) -> None:
    """People, then three articles: one published in three languages, one in review, one being drafted."""
    hire()
    editor = User.objects.get(username="nadia")
    manuscripts = _submit("manuscripts", editor)
    scientists = _submit("young-scientists", editor)
    if not Edition.objects.filter(article=manuscripts).exists():
        say("Drafting the first articles …")
        _wait(manuscripts)
        _wait(scientists)
        _translate_by_people(manuscripts, editor)
    _submit("symposium", editor)


def _submit(name: str, editor: User) -> Article:
    """The article of that name, submitted unless it is there."""
    origin = f"demo: {name}"
    known = Article.objects.filter(origin=origin).first()
    if known is not None:
        return known
    document = read(f"{name}.md", (TEXTS / f"{name}.md").read_bytes())
    return submit(document, Wishes(locales=settings.TARGET_LOCALES), by=editor, origin=origin)


def _wait(article: Article, timeout: float = 300.0) -> None:
    end = time.monotonic() + timeout
    while article.translations.filter(state__in=(State.QUEUED, State.DRAFTING)).exists():
        if time.monotonic() > end:
            raise DraftsLate(f"“{article.title}” is still being drafted; see the log of the mt worker.")
        time.sleep(0.3)


def _translate_by_people(article: Article, editor: User) -> None:
    """The translators' finished text over the machine's draft; a colleague approves, the editor publishes."""
    texts = {}
    for line in (TEXTS / "manuscripts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["source"]] = row
    for locale, (translator, approver) in TRANSLATORS.items():
        translation = Translation.objects.get(article=article, locale=locale)
        by = User.objects.get(username=translator)
        for unit in translation.current_units().exclude(state=UnitState.CONFIRMED):
            save_target(
                unit.pk,
                version=unit.version,
                target=texts[unit.segment.text][locale],
                by=by,
                confirm=True,
                origin=Origin.PERSON,
            )
        translation.refresh_from_db()
        if translation.state == State.IN_REVIEW:
            approve(translation, User.objects.get(username=approver))
        translation.refresh_from_db()
        if translation.state == State.APPROVED:
            publish(article, locale, editor)
    publish(article, article.source_locale, editor)
