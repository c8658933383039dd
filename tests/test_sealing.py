"""Stored secrets: closed in the database, open to whoever sends them, and movable from key to key."""

import importlib
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.conftest import person
from workflow.api import webhooks
from workflow.api.models import Webhook, WebhookDelivery
from workflow.articles.models import Article
from workflow.publishing import wordpress
from workflow.publishing.destinations import DeliveryRefused
from workflow.publishing.models import Destination, Edition, RemoteCopy
from workflow.sealing import WrongKey

pytestmark = pytest.mark.django_db

PASSWORD = "abcd efgh «ijkl»"


def lying_in(table: str, column: str) -> list[str]:
    """What somebody with a copy of the database reads."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def passwords() -> list[str]:
    return lying_in("publishing_destination", "password")


@pytest.fixture
def destination() -> Destination:
    return Destination.objects.create(
        name="The site", kind="wordpress", url="https://example.org", username="desk", password=PASSWORD
    )


def test_a_secret_lies_sealed_and_is_read_open(destination: Destination) -> None:
    assert destination.password == PASSWORD
    assert Destination.objects.get().password == PASSWORD
    assert Destination.objects.only("name").get().password == PASSWORD
    (lying,) = passwords()
    assert lying and not any(part in lying for part in PASSWORD.split())
    Destination.objects.create(name="Another", kind="wordpress", password=PASSWORD)
    assert len(set(passwords())) == 2
    empty = Destination.objects.create(name="Folder", kind="folder")
    empty.refresh_from_db()
    assert empty.password == "" and passwords()[-1] == ""


def test_saving_something_else_leaves_the_secret_as_it_lies(destination: Destination, settings) -> None:
    before = passwords()
    found = Destination.objects.get()
    found.name = "Renamed"
    settings.SEALING_KEYS = ["a key that does not open it"]
    found.save()
    assert passwords() == before


def test_a_wrong_key_is_said_clearly_and_closes_no_page(
    destination: Destination, article: Article, client: Client, settings
) -> None:
    RemoteCopy.objects.create(destination=destination, article=article, locale="ar", remote_id="7")
    settings.SEALING_KEYS = ["a key that does not open it"]
    found = Destination.objects.get()
    with pytest.raises(WrongKey, match="SEALING_KEYS"):
        _ = found.password
    with pytest.raises(DeliveryRefused, match="The site: A stored secret cannot be opened"):
        wordpress.remove(found, Edition(article=article, locale="ar"))
    with pytest.raises(CommandError, match="The site"):
        call_command("secrets", "check", stdout=StringIO())
    client.force_login(person("a", "administrator"))
    assert client.get("/desk/destinations/").status_code == 200
    page = f"/desk/destinations/{found.pk}"
    assert client.get(page).status_code == 200
    form = {"name": "The site", "kind": "wordpress", "url": "https://example.org", "username": "desk"}
    form |= {"status": "publish", "new_password": "entered again"}
    assert client.post(page, form).status_code == 302
    assert Destination.objects.get().password == "entered again"


def test_a_webhook_with_a_wrong_key_sends_nothing_and_says_why(drafted: Article, settings) -> None:
    Webhook.objects.create(url="http://127.0.0.1:9/", secret="s3cret")
    webhooks.plan()
    settings.SEALING_KEYS = ["a key that does not open it"]
    webhooks.deliver(webhooks.due()[0])
    assert (
        WebhookDelivery.objects.exclude(error="").get().error.startswith("A stored secret cannot be opened")
    )


def test_a_key_is_changed_without_entering_anything_again(destination: Destination, settings) -> None:
    Webhook.objects.create(url="http://127.0.0.1:9/", secret="s3cret")
    old = settings.SEALING_KEYS[0]
    settings.SEALING_KEYS = ["new", old]
    call_command("secrets", "reseal", stdout=StringIO())
    settings.SEALING_KEYS = ["new"]
    assert Destination.objects.get().password == PASSWORD
    assert Webhook.objects.get().secret == "s3cret"
    out = StringIO()
    call_command("secrets", "check", stdout=out)
    assert out.getvalue() == "2 secrets open.\n"
    settings.SEALING_KEYS = [old]
    with pytest.raises(WrongKey):
        _ = Destination.objects.get().password


def test_no_form_sends_the_secret_back(destination: Destination, client: Client) -> None:
    client.force_login(person("a", "administrator"))
    page = f"/desk/destinations/{destination.pk}"
    shown = client.get(page).content.decode()
    refused = client.post(page, {"name": "", "new_password": PASSWORD})
    assert refused.status_code == 422
    for text in (shown, refused.content.decode()):
        assert "abcd efgh" not in text and passwords()[0] not in text


@pytest.mark.parametrize(
    ("module", "table", "column", "make"),
    [
        (
            "workflow.publishing.migrations.0004_seal_passwords",
            "publishing_destination",
            "password",
            lambda: Destination.objects.create(name="Old", kind="wordpress", password="x"),
        ),
        (
            "workflow.api.migrations.0002_seal_secrets",
            "api_webhook",
            "secret",
            lambda: Webhook.objects.create(url="http://127.0.0.1:9/", secret="x"),
        ),
    ],
)
def test_what_lay_in_clear_is_sealed_by_the_migration(module, table, column, make) -> None:
    row = make()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'in the clear'")
    migration = importlib.import_module(module)
    migration.seal(apps, None)
    assert "clear" not in lying_in(table, column)[0]
    assert getattr(type(row).objects.get(), column) == "in the clear"
    migration.unseal(apps, None)
    assert lying_in(table, column) == ["in the clear"]
