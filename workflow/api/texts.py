"""The text of a translation over the API, as it is now or as it was approved, in the format one asks for."""

from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from workflow.articles.segmentation import render
from workflow.drafting.models import Translation
from workflow.publishing.body import take_apart
from workflow.publishing.locales import language
from workflow.review import roundtrip
from workflow.review.approval import rendered_segments, title_of
from workflow.review.exchange.units import ExchangeFile

from .models import Scope
from .problems import REFUSED
from .security import Bearer
from .shapes import Number, Problem
from .translations import visible

router = Router(tags=["translations"])
Which = Literal["draft", "final"]
Format = Literal["json", "html", "po", "xliff"]
# The exchange formats by the names the API gives them: what the writers call them, and the media type.
FILES = {"po": "po", "xliff": "xlf"}
OTHER_MEDIA_TYPES = ("text/html", *(roundtrip.WRITERS[form][1].split(";")[0] for form in FILES.values()))


class TextOut(Schema):
    """A text taken apart for a page: `html` is what follows headline, byline and date line."""

    translation_id: int
    locale: str
    which: Which
    revision: int
    approval: int | None
    title: str
    byline: str
    dateline: str
    lead: str
    html: str


@dataclass(frozen=True)
class _Text:
    """A text with all one needs to write it; `approval` is its number, if it is an approved one."""

    title: str
    html: str
    revision: int
    approval: int | None
    file: ExchangeFile


@router.get(
    "/{pk}/text",
    auth=Bearer(Scope.READ),
    response={200: TextOut, REFUSED: Problem},
    summary="Text",
    openapi_extra={
        "responses": {
            200: {"content": {media: {"schema": {"type": "string"}} for media in OTHER_MEDIA_TYPES}}
        }
    },
)
def read_text(
    request: HttpRequest,
    pk: Number,
    which: Which = Query("final", alias="as"),
    format: Format = Query("json"),
) -> Any:
    """The text as it is now (`draft`) or as it was last approved (`final`; 404 before the first approval)."""
    translation = visible(request, pk)
    text = _draft(translation) if which == "draft" else _final(translation)
    if format in FILES:
        data, media_type = roundtrip.export(text.file, FILES[format])
        return HttpResponse(data, content_type=media_type)
    if format == "html":
        return HttpResponse(_page(translation.locale, text))
    body = take_apart(text.html)
    return TextOut(
        translation_id=translation.pk,
        locale=translation.locale,
        which=which,
        revision=text.revision,
        approval=text.approval,
        title=text.title,
        byline=body.byline,
        dateline=body.dateline,
        lead=body.lead,
        html=body.html,
    )


def _draft(translation: Translation) -> _Text:
    units = list(translation.current_units())
    revision = translation.revision
    return _Text(
        title=title_of(units),
        html=render(revision.skeleton, rendered_segments(units)),
        revision=revision.number,
        approval=None,
        file=roundtrip.as_file(translation),
    )


def _final(translation: Translation) -> _Text:
    approval = translation.approvals.select_related("revision", "translation").order_by("-number").first()
    if approval is None:
        raise HttpError(
            404, "Nothing of this translation has been approved yet; as=draft gives what there is."
        )
    return _Text(
        title=approval.title,
        html=approval.html,
        revision=approval.revision.number,
        approval=approval.number,
        file=roundtrip.as_approved(approval),
    )


def _page(locale: str, text: _Text) -> str:
    """A whole HTML document, so that its language and direction travel with it."""
    return (
        f'<!DOCTYPE html>\n<html lang="{locale}" dir="{language(locale).dir}">\n'
        f'<head><meta charset="utf-8"><title>{escape(text.title)}</title></head>\n'
        f"<body>\n{text.html}\n</body>\n</html>\n"
    )
