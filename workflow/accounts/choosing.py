"""The people a form offers and those who were ticked in it (templates/desk/articles/_people.html)."""

from django.db.models import QuerySet
from django.http import HttpRequest

from .models import User


def everybody() -> QuerySet[User]:
    """Whom one can choose: all with an open account."""
    return User.objects.filter(is_active=True).order_by("username")


def ticked(request: HttpRequest) -> list[User]:
    """Who was chosen in the field `people`; what is nobody's number is passed over."""
    numbers = set(request.POST.getlist("people"))
    return [person for person in everybody() if str(person.pk) in numbers]
