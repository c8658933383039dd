"""Tokens are made, listed and revoked, by command and on the administrators' page."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.conftest import person
from workflow.accounts.models import User
from workflow.api.models import Token, issue

pytestmark = pytest.mark.django_db


def command(*arguments: Any) -> str:
    out = StringIO()
    call_command("token", *arguments, stdout=out)
    return out.getvalue().strip()


def opens(client: Client, secret: str) -> bool:
    response = client.get("/api/v1/articles", headers={"Authorization": f"Bearer {secret}"})
    return bool(response.status_code == 200)


def test_a_token_is_made_listed_and_revoked_by_command(client: Client, editor: User) -> None:
    secret = command("make", "nadia", "--name", "cms", "--scope", "read")
    assert opens(client, secret)
    listed = command("list")
    token = Token.objects.get()
    assert listed.startswith(f"{token.pk}  nadia  cms  read  {timezone.now():%Y-%m-%d}  in use")
    assert secret not in listed
    command("revoke", token.pk)
    assert not opens(client, secret)
    assert command("list") == ""
    assert command("list", "nadia", "--all").endswith("revoked")


def test_a_number_that_is_none_revokes_nothing(editor: User) -> None:
    token, _secret = issue(editor, "cms", ["read"])
    with pytest.raises(CommandError, match="no token"):
        command("revoke", token.pk, token.pk + 1)
    assert Token.objects.get().revoked_at is None


def test_an_administrator_revokes_on_the_page(client: Client, editor: User) -> None:
    token, secret = issue(editor, "cms & co", ["read", "submit"])
    client.force_login(person("ada", "administrator"))
    page = client.get("/desk/tokens/").content.decode()
    assert "cms &amp; co" in page
    assert "read, submit" in page
    assert secret not in page
    client.post(f"/desk/tokens/{token.pk}/revoke")
    client.logout()
    assert not opens(client, secret)


def test_only_administrators_revoke(client: Client, editor: User) -> None:
    token, secret = issue(editor, "cms", ["read"])
    client.force_login(editor)
    assert client.get("/desk/tokens/").status_code == 403
    assert client.post(f"/desk/tokens/{token.pk}/revoke").status_code == 403
    client.logout()
    assert opens(client, secret)
