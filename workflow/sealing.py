"""Secrets that must be sent again, such as an application password: sealed in the database, plain in Python.

They are encrypted with the first of `settings.SEALING_KEYS` and opened with any of them, so that a key can be
changed: put the new one first, run `manage.py secrets reseal`, take the old one away.
"""

import base64
from collections.abc import Iterator
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute


class WrongKey(Exception):
    """A stored secret was sealed with a key this process does not have."""

    def __init__(self) -> None:
        super().__init__(
            "A stored secret cannot be opened: neither SEALING_KEYS nor SECRET_KEY is the key it was sealed with. "
            "Bring the former key back beside the new one, or enter the secret again."
        )


def seal(secret: str) -> str:
    """The secret encrypted with the newest key, as text; never twice the same."""
    return _box(tuple(settings.SEALING_KEYS)).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The inverse of `seal`.

    Raises:
        WrongKey: no key of ours opens it.
    """
    try:
        return _box(tuple(settings.SEALING_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


class Sealed(str):
    """Text as it lies in the database."""


class _Opened(DeferredAttribute):
    """Opens a secret when somebody asks for it: a wrong key must not close the page that mends it."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        return unseal(value) if isinstance(value, Sealed) and value else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Without it Python would answer from the instance's own dictionary, and never ask above.
        instance.__dict__[self.field.attname] = value


class SealedField(models.TextField):
    """A text that is sealed in the database. Empty stays empty; nothing can be looked up by it."""

    descriptor_class = _Opened

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value as it is, sealed or not: what nobody changed is stored back untouched."""
        return model_instance.__dict__.get(self.attname)

    def get_prep_value(self, value: Any) -> Any:
        if not value or isinstance(value, Sealed):
            return value if value is None else str(value)
        return seal(str(value))


def sealed_values() -> Iterator[tuple[models.Model, str]]:
    """Every stored secret: its row and the name of its field."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                for row in model._default_manager.exclude(**{field.attname: ""}).iterator():
                    yield row, field.attname


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A Fernet key from a key of any form: the setting need be long and random, nothing else."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"translation-desk: stored secrets")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
