"""The editors' pages about one article: the publishing page with its steps, and the preview."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.accounts.access import may_edit_newsroom, may_see, require, role_required, signed_in
from workflow.articles.models import Article
from workflow.drafting.models import Translation
from workflow.drafting.transitions import IllegalTransition

from . import panel, schedule
from .forms import PresentationForm, WithdrawalForm
from .models import Destination, ScheduledPublication
from .publish import NotPublishable, Presentation, publish, reissue, withdraw
from .site import article_page


@require_safe
@role_required("editor")
def publishing(request: HttpRequest, pk: int) -> HttpResponse:
    """The publishing page of an article."""
    return _panel(request, _article(request, pk))


@require_POST
@role_required("editor")
def step(request: HttpRequest, pk: int, locale: str, name: str) -> HttpResponse:
    """One step in one locale: publish, reissue, schedule, cancel, withdraw. A refusal shows the page again
    with what was filled in."""
    article = _article(request, pk)
    row = next((row for row in panel.rows(article) if row.language.code == locale), None)
    if row is None or name not in STEPS:
        raise Http404
    form = WithdrawalForm(request.POST) if name == "withdraw" else PresentationForm(request.POST)
    if not form.is_valid():
        return _panel(request, article, {locale: form}, status=422)
    try:
        said = STEPS[name](request, article, row, form)
    except (NotPublishable, IllegalTransition) as refusal:
        form.add_error(None, str(refusal))
        return _panel(request, article, {locale: form}, status=422)
    messages.success(request, said)
    return redirect("publishing", pk=article.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_sameorigin
@login_required
def preview(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """The page readers would get, for whoever may see the article; with what the form says, when it is sent."""
    article = get_object_or_404(Article.objects.select_related("current"), pk=pk)
    require(may_see(signed_in(request), article))
    presentation = Presentation()
    if request.method == "POST":
        form = PresentationForm(request.POST)
        if not form.is_valid():
            require(may_edit_newsroom(signed_in(request), article))
            return _panel(request, article, {locale: form}, status=422)
        presentation = form.presentation()
    try:
        edition, what = panel.preview_of(article, locale, presentation)
    except Translation.DoesNotExist:
        raise Http404 from None
    response = article_page(edition, preview=what)
    del response["Last-Modified"]
    response["X-Robots-Tag"] = "noindex"
    return response


def _publish(request: HttpRequest, article: Article, row: panel.Row, form: Any) -> str:
    seen = form.cleaned_data["approval"]
    if row.approval is not None and seen is not None and seen != row.approval.pk:
        raise NotPublishable(_("The text has been approved anew since you opened this page. Look again."))
    publish(article, row.language.code, signed_in(request), form.presentation())
    return _("Published in %(language)s.") % {"language": row.language.name}


def _reissue(request: HttpRequest, article: Article, row: panel.Row, form: Any) -> str:
    if row.live is None:
        raise NotPublishable(_("This edition is not live."))
    reissue(row.live, signed_in(request), form.presentation())
    return _("A new edition is live in %(language)s.") % {"language": row.language.name}


def _schedule(request: HttpRequest, article: Article, row: panel.Row, form: Any) -> str:
    due_at = form.cleaned_data["due_at"]
    if due_at is None:
        raise NotPublishable(_("Say when it is to be published."))
    schedule.schedule(article, row.language.code, due_at, signed_in(request), form.presentation())
    return _("Scheduled in %(language)s.") % {"language": row.language.name}


def _cancel(request: HttpRequest, article: Article, row: panel.Row, form: Any) -> str:
    if row.planned is None:
        raise NotPublishable(_("Nothing is scheduled in this language."))
    schedule.cancel(row.planned, signed_in(request))
    return _("No longer scheduled in %(language)s.") % {"language": row.language.name}


def _withdraw(request: HttpRequest, article: Article, row: panel.Row, form: Any) -> str:
    if row.live is None:
        raise NotPublishable(_("This edition is not live."))
    withdraw(row.live, signed_in(request), form.cleaned_data["reason"])
    return _("Withdrawn in %(language)s.") % {"language": row.language.name}


STEPS = {
    "publish": _publish,
    "reissue": _reissue,
    "schedule": _schedule,
    "cancel": _cancel,
    "withdraw": _withdraw,
}


def _article(request: HttpRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.select_related("current"), pk=pk)
    require(may_edit_newsroom(signed_in(request), article))
    return article


def _panel(
    request: HttpRequest,
    article: Article,
    bound: dict[str, PresentationForm | WithdrawalForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    bound = bound or {}
    shown = []
    for row in panel.rows(article):
        code = row.language.code
        given = bound.get(code)
        withdrawal = given if isinstance(given, WithdrawalForm) else WithdrawalForm(auto_id=f"{code}_w_%s")
        form = given if isinstance(given, PresentationForm) else _presentation_form(row)
        form.auto_id, withdrawal.auto_id = f"{code}_%s", f"{code}_w_%s"
        shown.append({"row": row, "form": form, "withdrawal": withdrawal, "open": given is not None})
    refused = article.schedule.filter(state=ScheduledPublication.State.REFUSED).order_by("-finished_at")[:5]
    sends = Destination.objects.filter(active=True).exists()
    context = {"nav": "board", "article": article, "locales": shown, "refused": refused, "sends": sends}
    return render(request, "desk/publishing/article.html", context, status=status)


def _presentation_form(row: panel.Row) -> PresentationForm:
    last = row.live or (row.history[0] if row.history else None)
    form = PresentationForm(
        initial={
            "summary": last.summary if last else "",
            "social_title": last.social_title if last else "",
            "correction": last.correction if last else "",
            "approval": row.approval.pk if row.approval else None,
        }
    )
    form.fields["slug"].widget.attrs["placeholder"] = row.proposed_slug
    form.fields["summary"].widget.attrs["placeholder"] = row.proposed_summary
    return form
