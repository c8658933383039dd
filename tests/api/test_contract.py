"""Schemathesis over the OpenAPI document: no request makes the API fail or break its own contract.

Half of the ids it makes up are pointed at rows that are there, so that each operation is not only refused:
one that never succeeds in all its examples fails the test.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from glossaries import matching as plain
from glossaries.store import put
from tests.conftest import person
from workflow.accounts.models import User
from workflow.api.models import Scope, Webhook, WebhookDelivery, issue
from workflow.articles.models import Article
from workflow.drafting.models import State, Transition, Translation, TranslationUnit
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit
from workflow.publishing.publish import publish
from workflow.publishing.schedule import schedule
from workflow.review.confirmation import confirm_all
from workflow.wsgi import application

pytestmark = pytest.mark.django_db

EXAMPLES = 30


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request must not close the connection that holds the test's transaction (as Django's own client cares)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Newsroom:
    """One row of everything, an all-powerful token, and what the operation under test answered."""

    def __init__(self, article: Article) -> None:
        everything = person(
            "all", "translator", "editor", "terminologist", "administrator", locales=("ar", "fr")
        )
        self.secret = issue(everything, "fuzz", list(Scope.values))[1]
        self.article = article
        self.arabic = article.translations.get(locale="ar")
        self.unit = self.arabic.current_units()[0]
        french = article.translations.get(locale="fr")
        colleague: User = person("colleague", "translator", locales=("fr",))
        confirm_all(french, colleague)
        publish(article, "en", everything)
        for locale in ("en", "fr", "ar"):
            schedule(article, locale, timezone.now() + timedelta(days=1), everything)
        self.webhook = Webhook.objects.create(url="https://example.org/hook", secret="x")
        self.delivery = WebhookDelivery.objects.create(
            webhook=self.webhook, transition=Transition.objects.all()[0]
        )
        closed = submit(
            read("closed.md", b"# Museum Closes\n\nIt rains."), Wishes(), by=everything, origin="test"
        )
        Translation.objects.filter(article=closed).update(state=State.APPROVED)
        put(plain.Concept("cf-1", terms=(plain.Term("en", "ceasefire"),)), "fuzz")
        self.rows: dict[str, int | str] = {
            "identifier": "cf-1",
            "article_id": article.pk,
            "/translations/{pk}": self.arabic.pk,
            "/translations/{pk}/approve": french.pk,
            "/translations/{pk}/reopen": closed.translations.get(locale="fr").pk,
            "unit_id": self.unit.pk,
            "/webhooks/{pk}": self.webhook.pk,
            "/webhooks/deliveries/{pk}": self.delivery.pk,
        }
        self.asked = 0
        self.answered: set[int] = set()

    def aim(self, case: Any) -> None:
        """Points every second example's ids, where they could be ids, at rows that are there, and sends a text."""
        self.asked += 1
        if case.path.endswith("/upload") and self.asked % 2 and valid(case, ParameterLocation.BODY):
            case.body = {"file": "# A title\n\nA paragraph of the file."}
        if self.asked % 2 == 0 or not valid(case, ParameterLocation.PATH):
            return
        for name in set(case.path_parameters) - {"locale"}:
            case.path_parameters[name] = self.row(name, case.path.removeprefix("/api/v1"))
        if "unit_id" in case.path_parameters and valid(case, ParameterLocation.BODY):
            case.body["version"] = TranslationUnit.objects.get(pk=self.unit.pk).version

    def row(self, name: str, path: str) -> int | str:
        """The id for a place in a path: by its name, or by the longest beginning of the path."""
        if name in self.rows:
            return self.rows[name]
        return self.rows[max((known for known in self.rows if path.startswith(known)), key=len)]


def valid(case: Any, place: ParameterLocation) -> bool:
    """Whether that part of a request was made up to keep the schema, not to break it."""
    part = case.meta.components.get(place)
    return part is not None and part.mode is GenerationMode.POSITIVE


@pytest.fixture
def newsroom(drafted: Article) -> Iterator[Newsroom]:
    room = Newsroom(drafted)
    yield room
    assert any(200 <= status < 300 for status in room.answered), room.answered


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Each request carries a token here: without one is no mutation worth an example (test_roles.py tries it)."""
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
def test_the_api_keeps_its_contract(case: Any, newsroom: Newsroom) -> None:
    newsroom.aim(case)
    # What a document or a text must be like to be taken in, no schema can say: refusing it keeps the contract.
    response = case.call_and_validate(
        headers={"Authorization": f"Bearer {newsroom.secret}"}, excluded_checks=[positive_data_acceptance]
    )
    newsroom.answered.add(response.status_code)
