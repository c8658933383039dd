"""Where editions are sent: administrators set the places up, editors see what arrived and try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.accounts.access import may_edit_newsroom, require, role_required, signed_in

from . import deliveries
from .forms import DestinationForm
from .models import Delivery, Destination, Edition


@require_safe
@role_required("editor", "administrator")
def destinations(request: HttpRequest) -> HttpResponse:
    """The destinations, and the last deliveries to them."""
    latest = Delivery.objects.select_related("destination", "edition").defer(
        "edition__html", "edition__search_text"
    )
    visible = [d for d in latest[:100] if _may_see(request, d.edition)]
    context = {"nav": "destinations", "destinations": Destination.objects.all(), "deliveries": visible}
    return render(request, "desk/publishing/destinations.html", context)


@require_http_methods(["GET", "POST"])
@role_required("administrator")
def destination(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One destination; without `pk`, a new one."""
    found = get_object_or_404(Destination, pk=pk) if pk else None
    form = DestinationForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("destinations")
    context = {"nav": "destinations", "form": form, "destination": found}
    return render(request, "desk/publishing/destination.html", context, status=422 if form.errors else 200)


@require_POST
@role_required("editor")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries a delivery that was given up again."""
    delivery = get_object_or_404(Delivery.objects.select_related("edition__article"), pk=pk)
    require(may_edit_newsroom(signed_in(request), delivery.edition.article))
    deliveries.retry(delivery)
    messages.success(request, _("It will be tried again."))
    return redirect("publishing", pk=delivery.edition.article_id)


@require_POST
@role_required("editor")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a live edition to every destination that takes it, for those set up after it was published."""
    edition = get_object_or_404(Edition.objects.live().select_related("article"), pk=pk)
    require(may_edit_newsroom(signed_in(request), edition.article))
    deliveries.announce(edition, Delivery.What.PUBLISH)
    messages.success(request, _("It is being sent."))
    return redirect("publishing", pk=edition.article_id)


def _may_see(request: HttpRequest, edition: Edition) -> bool:
    """Published is public; a withdrawn restricted article is again for those named on it."""
    return edition.live or may_edit_newsroom(signed_in(request), edition.article)
