"""What an editor sees of an article on the publishing page: one row a locale, worked out from the tables."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from workflow.articles.models import Article
from workflow.drafting.models import State, Translation
from workflow.review.approval import as_it_is, title_of
from workflow.review.models import Approval

from . import locales, provenance
from .body import take_apart
from .locales import Language
from .models import Delivery, Edition, ScheduledPublication
from .publish import Presentation
from .slugs import slugify


@dataclass(frozen=True)
class Row:
    """One locale of an article. `refusal` says why it cannot be published now; "" when it can."""

    language: Language
    is_source: bool
    translation: Translation | None
    approval: Approval | None
    live: Edition | None
    planned: ScheduledPublication | None
    history: tuple[Edition, ...]
    deliveries: tuple[Delivery, ...]
    refusal: str
    proposed_slug: str
    proposed_summary: str

    @property
    def publishable(self) -> bool:
        return not self.refusal

    @property
    def how(self) -> provenance.Provenance | None:
        """How the text that would be published was made."""
        return provenance.of_approval(self.approval) if self.approval else None


def rows(article: Article) -> list[Row]:
    """The rows of an article: the source first, then every locale this desk translates into."""
    translations = {t.locale: t for t in article.translations.select_related("revision")}
    history: dict[str, list[Edition]] = {}
    editions = article.editions.light().select_related("published_by", "revision").order_by("-number")
    for edition in editions:
        history.setdefault(edition.locale, []).append(edition)
    planned = {
        row.locale: row
        for row in article.schedule.filter(state=ScheduledPublication.State.WAITING).select_related(
            "scheduled_by"
        )
    }
    deliveries = list(
        Delivery.objects.filter(edition__article=article).select_related("destination", "edition")[:60]
    )
    wanted = [article.source_locale, *settings.TARGET_LOCALES]
    return [
        _row(
            article,
            locale,
            translations.get(locale),
            tuple(history.get(locale, ())),
            planned.get(locale),
            tuple(d for d in deliveries if d.edition.locale == locale)[:10],
        )
        for locale in wanted
    ]


def preview_of(article: Article, locale: str, presentation: Presentation) -> tuple[Edition, str]:
    """What the page would be if that locale were published so now, not stored; and what it is a preview of.

    Raises:
        Translation.DoesNotExist: nothing is translated into that locale.
    """
    edition = Edition(article=article, locale=locale, number=1, slug="preview", live=False)
    last = article.editions.filter(locale=locale).order_by("-number").first()
    for name, value in presentation.over(last).items():
        setattr(edition, name, value)
    if last is not None:
        edition.slug = last.slug
        edition.published_at = last.published_at
    else:
        edition.published_at = edition.issued_at
    if locale == article.source_locale and article.current is not None:
        edition.revision = article.current
        edition.title, edition.html = article.current.title, article.current.html
        return edition, _("Preview of the source as it is now.")
    translation = article.translations.select_related("revision").get(locale=locale)
    edition.revision = translation.revision
    approval = _last_approval(translation)
    if approval is not None and translation.state in (State.APPROVED, State.PUBLISHED):
        edition.approval, edition.revision = approval, approval.revision
        edition.title, edition.html = approval.title, approval.html
        return edition, _("Preview of the approved text.")
    units = list(translation.current_units().select_related("confirmed_by"))
    edition.approval = as_it_is(translation, units)
    edition.title, edition.html = title_of(units), edition.approval.html
    return edition, _("Preview of the text as it is now. It is not approved.")


def _row(
    article: Article,
    locale: str,
    translation: Translation | None,
    history: tuple[Edition, ...],
    planned: ScheduledPublication | None,
    deliveries: tuple[Delivery, ...],
) -> Row:
    is_source = locale == article.source_locale
    approval = _last_approval(translation) if translation else None
    live = next((edition for edition in history if edition.live), None)
    text = approval or (article.current if is_source else None)
    return Row(
        language=locales.language(locale),
        is_source=is_source,
        translation=translation,
        approval=approval,
        live=live,
        planned=planned,
        history=history,
        deliveries=deliveries,
        refusal=_refusal(article, is_source, translation, live),
        proposed_slug=history[0].slug if history else slugify(text.title) if text else "",
        proposed_summary=take_apart(text.html).lead if text else "",
    )


def _refusal(article: Article, is_source: bool, translation: Translation | None, live: Edition | None) -> str:
    if is_source:
        if live is not None and live.revision_id == article.current_id:
            return _("The current text is published.")
        return ""
    if translation is None:
        return _("This article is not translated into this language.")
    if translation.state == State.PUBLISHED:
        return _("The approved text is published.")
    if translation.state != State.APPROVED:
        return _("The translation is not approved: it is %(state)s.") % {
            "state": State(translation.state).label
        }
    return ""


def _last_approval(translation: Translation) -> Approval | None:
    return translation.approvals.select_related("approver", "revision").order_by("-number").first()
