"""One's own profile and notices; the people of the newsroom for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as switch

from .access import role_required, signed_in
from .forms import PersonForm, ProfileForm
from .models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What a person sets for oneself."""
    form = ProfileForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        person = form.save()
        translation.activate(person.interface_language)
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "desk/accounts/profile.html", {"nav": "profile", "form": form})


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What one should know, newest first; looking at it marks it as read."""
    shown = list(signed_in(request).notices.all()[:100])
    signed_in(request).notices.filter(read_at__isnull=True).update(read_at=timezone.now())
    return render(request, "desk/accounts/notices.html", {"nav": "notices", "notices": shown})


@role_required("administrator")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with roles and locales."""
    everybody = User.objects.prefetch_related("working_locales").order_by("-is_active", "username")
    return render(request, "desk/accounts/people.html", {"nav": "people", "people": everybody})


@role_required("administrator")
def person(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One person's account; without `pk`, a new one."""
    found = get_object_or_404(User, pk=pk) if pk else None
    # Asked before the form validates, which already changes the person in memory.
    last = found is not None and found.is_administrator and not _other_administrators(found)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if last and not (form.cleaned_data["is_administrator"] and form.cleaned_data["is_active"]):
            form.add_error("is_administrator", _("The last administrator cannot be taken away."))
        else:
            form.save()
            messages.success(request, _("Saved."))
            return redirect("administration")
    return render(request, "desk/accounts/person.html", {"nav": "people", "form": form, "person": found})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switches the interface language, and keeps it in the profile of who is signed in."""
    response = switch(request)
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and translation.check_for_language(chosen):
        User.objects.filter(pk=signed_in(request).pk).update(interface_language=chosen)
    return response


def _other_administrators(person: User) -> bool:
    return User.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk).exists()
