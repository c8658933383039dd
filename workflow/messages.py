"""Messages kept as data, and said in the language of whoever reads them.

Marking one needs no Django settings: pure rules and benchmarks do it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def gettext_noop(message: str) -> str:
    """The message as it is; it is translated when it is shown. (Django's own of this name asks for settings.)"""
    return message


def kept(message: str, **params: Any) -> dict[str, Any]:
    """An English message with %(name)s places for `params`, as plain data for a JSON field.

    A parameter may be such a message itself. What shows it says it by `in_words`.
    """
    return {"message": message, "params": params}


def in_words(message: Mapping[str, Any]) -> str:
    """A kept message (a finding, a draft note, the reason of an assignment) in the interface language."""
    text, params = message["message"], message.get("params")
    if not params:
        return gettext(text)
    return gettext(text) % {
        name: in_words(value) if isinstance(value, Mapping) else value for name, value in params.items()
    }
