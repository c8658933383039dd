"""Schemathesis over the OpenAPI document: no request makes the API fail or break its own contract."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.conftest import person
from workflow.accounts.models import User
from workflow.api.models import Scope, issue
from workflow.articles.models import Article
from workflow.wsgi import application

pytestmark = pytest.mark.django_db

EXAMPLES = 15


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request must not close the connection that holds the test's transaction (as Django's own client cares)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(drafted: Article) -> str:
    """The token of somebody who may do everything, so that requests get past the door."""
    user: User = person("all", "translator", "editor", "terminologist", "administrator", locales=("ar", "fr"))
    return issue(user, "fuzz", list(Scope.values))[1]


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
def test_the_api_keeps_its_contract(case: Any, secret: str) -> None:
    # What a document or a text must be like to be taken in, no schema can say: refusing it keeps the contract.
    case.call_and_validate(
        headers={"Authorization": f"Bearer {secret}"}, excluded_checks=[positive_data_acceptance]
    )
