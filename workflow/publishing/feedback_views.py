"""Where the readers' form posts to. No session, no cookie, no token: nobody is signed in here.

Being cacheable, an article's page cannot carry a token for each visitor; there is nothing a forged post
could do in a visitor's name that the sender could not do in their own.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from workflow.visitors import address_of

from . import addresses
from .feedback import LONGEST_COMMENT, FeedbackRefused, Message, TooMuchFeedback, take
from .models import Edition
from .pages import render
from .site import gone_elsewhere, not_found_page

BIGGEST_FORM = 16 * 1024


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, locale: str, edition_id: int) -> HttpResponse:
    """Takes the form of an edition and thanks for it; a GET leads to the article the form stands under.

    A page that is open while a later edition comes out may still be spoken of; a withdrawn one may not.
    """
    edition = (
        Edition.objects.select_related("article", "approval__translation")
        .filter(pk=edition_id, locale=locale)
        .first()
    )
    if edition is None:
        return not_found_page(locale)
    live = Edition.objects.live().filter(article=edition.article_id, locale=locale).light().first()
    if live is None:
        return gone_elsewhere(locale, edition.slug)
    if request.method != "POST":
        return HttpResponseRedirect(iri_to_uri(addresses.article(live)))
    try:
        with translation.override(locale):
            take(edition, _message(request), address_of(request))
    except TooMuchFeedback as refusal:
        return _answer(live, str(refusal), status=429)
    except FeedbackRefused as refusal:
        return _answer(live, str(refusal), status=422)
    return _answer(live, "")


def _message(request: HttpRequest) -> Message:
    if int(request.META.get("CONTENT_LENGTH") or 0) > BIGGEST_FORM:
        raise FeedbackRefused(_("Please keep it to %(count)d characters.") % {"count": LONGEST_COMMENT})
    form = request.POST
    return Message(
        satisfaction=form.get("satisfaction", ""),
        comment=form.get("comment", ""),
        block=form.get("block", ""),
        passage=form.get("passage", ""),
        trap=form.get("website", ""),
    )


def _answer(live: Edition, refusal: str, status: int = 200) -> HttpResponse:
    response = render(
        "site/feedback.html",
        live.locale,
        {"refusal": refusal, "refused": status != 200, "back": addresses.article(live), "noindex": True},
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response
