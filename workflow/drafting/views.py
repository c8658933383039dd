"""The administrator's page of engines: which model drafts which locale, and how the queue stands."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workers.nmt import models_folder
from workflow.accounts.access import role_required, signed_in

from .engines import serving
from .models import DraftItem, Engine, ItemState
from .queue import oldest_waiting_seconds


@role_required("administrator")
def engines(request: HttpRequest) -> HttpResponse:
    """Shows and changes the model of each target locale; the change counts from the next draft on."""
    installed = models_folder.models(Path(settings.MODELS_DIR))
    if request.method == "POST":
        locale, model = request.POST.get("locale", ""), request.POST.get("model", "")
        fits = any(m.folder.name == model and locale in m.targets for m in installed)
        if locale in settings.TARGET_LOCALES and fits:
            Engine.objects.update_or_create(
                locale=locale, defaults={"model": model, "changed_by": signed_in(request)}
            )
            messages.success(request, _("Saved. New drafts are made with this model."))
        else:
            messages.error(request, _("This model does not translate into that language."))
        return redirect("engines")
    return render(
        request,
        "desk/engines.html",
        {
            "nav": "engines",
            "rows": [
                {
                    "locale": locale,
                    "serving": serving(locale),
                    "models": [model for model in installed if locale in model.targets],
                }
                for locale in settings.TARGET_LOCALES
            ],
            "waiting": DraftItem.objects.filter(state=ItemState.WAITING).count(),
            "leased": DraftItem.objects.filter(state=ItemState.LEASED).count(),
            "oldest": round(oldest_waiting_seconds()),
        },
    )
