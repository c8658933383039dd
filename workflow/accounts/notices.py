"""Tells a person something, in the language they read the desk in."""

from typing import Any

from django.utils import translation

from workflow.messages import in_words, kept

from .models import Notice, User

LONGEST = Notice._meta.get_field("text").max_length


def tell(person: User, message: str, *, address: str, urgent: bool = False, **params: Any) -> Notice:
    """Writes the notice: `message` is a gettext msgid with %(name)s places for `params`.

    It is shown on the desk and mailed by the digest, at once when it is urgent.
    """
    with translation.override(person.interface_language):
        text = in_words(kept(message, **params))
    return Notice.objects.create(user=person, text=text[:LONGEST], address=address, urgent=urgent)
