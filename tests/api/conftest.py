"""Callers of the API: one token a role, with every scope."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from workflow.accounts.models import User
from workflow.api.models import Scope, issue


@pytest.fixture
def caller(client: Client) -> Callable[..., Any]:
    """A function that calls the API as a person: `call(user, "get", "/articles")`."""

    def call(
        user: User,
        method: str,
        path: str,
        body: Any = None,
        *,
        scopes: list[str] | None = None,
        **headers: str,
    ):  # type: ignore[no-untyped-def]
        _token, secret = issue(user, "test", list(Scope.values) if scopes is None else scopes)
        extra = {"headers": {"Authorization": f"Bearer {secret}", **headers}}
        if body is not None:
            return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", **extra)
        return getattr(client, method)(f"/api/v1{path}", **extra)

    return call
