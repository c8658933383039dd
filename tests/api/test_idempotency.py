"""Keys of idempotency: what was done once is answered again, and a request that died leaves its key free."""

from typing import Any

import pytest
from django.test import Client

from tests.api.test_articles import body
from tests.conftest import person
from workflow.accounts.models import User
from workflow.api.models import Answer, Scope, Webhook, WebhookDelivery, issue
from workflow.articles.models import Article
from workflow.drafting.models import Transition

pytestmark = pytest.mark.django_db


def keyed(user: User, key: str = "k-1") -> dict[str, str]:
    return {
        "Authorization": f"Bearer {issue(user, 'cms', list(Scope.values))[1]}",
        "Idempotency-Key": key,
    }


class Killed(BaseException):
    """What a worker that is stopped in the middle does not survive."""


def test_a_request_killed_after_its_effect_leaves_neither_effect_nor_key(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = keyed(editor)

    kept = Answer.save

    def save(answer: Answer, **options: Any) -> None:
        if "update_fields" in options:
            raise Killed
        kept(answer, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Answer, "save", save)
        with pytest.raises(Killed):
            client.post("/api/v1/articles", body(), content_type="application/json", headers=headers)
    assert not Article.objects.exists()
    again = client.post("/api/v1/articles", body(), content_type="application/json", headers=headers)
    assert again.status_code == 201
    assert Article.objects.count() == 1


def test_a_unit_is_saved_once(client: Client, drafted: Article, amina: User) -> None:
    unit = drafted.translations.get(locale="ar").current_units()[0]
    address = f"/api/v1/translations/{unit.translation_id}/units/{unit.pk}"
    sent = {"target": "نص", "version": unit.version}
    headers = keyed(amina)
    first, second = (
        client.put(address, sent, content_type="application/json", headers=headers) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()


def test_removing_and_replaying_are_answered_again(client: Client, drafted: Article) -> None:
    headers = keyed(person("ada", "administrator"), "remove")
    webhook = Webhook.objects.create(url="https://example.org/hook", secret="x")
    delivery = WebhookDelivery.objects.create(webhook=webhook, transition=Transition.objects.all()[0])
    replayed = {**headers, "Idempotency-Key": "replay"}
    path = f"/api/v1/webhooks/deliveries/{delivery.pk}/replay"
    assert client.post(path, headers=replayed).status_code == 202
    WebhookDelivery.objects.update(attempts=3)
    assert client.post(path, headers=replayed).status_code == 202
    assert WebhookDelivery.objects.get().attempts == 3
    for _ in range(2):
        response = client.delete(f"/api/v1/webhooks/{webhook.pk}", headers=headers)
        assert (response.status_code, response.content) == (204, b"")


def test_every_write_declares_that_it_takes_a_key(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            names = {parameter["name"] for parameter in operation.get("parameters", [])}
            changes = method != "get" and not path.endswith("/check")
            assert ("Idempotency-Key" in names) == changes, (method, path)
            # What is declared beside the key is still there.
            assert path.count("{") == sum(p["in"] == "path" for p in operation.get("parameters", []))
