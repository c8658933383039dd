"""What an administrator sets for a person."""

import pytest
from django.test import Client

from tests.conftest import person
from workflow.accounts.models import User

pytestmark = pytest.mark.django_db

ACCOUNT = {"username": "amina", "is_translator": "on", "is_active": "on"}


@pytest.fixture
def administered(client: Client) -> Client:
    client.force_login(person("ada", "administrator"))
    return client


def domains(amina: User) -> dict[str, list[str]]:
    return {row.locale: row.domains for row in amina.working_locales.all()}


def test_each_language_has_its_domains(administered: Client, amina: User) -> None:
    form = {
        **ACCOUNT,
        "locales": ["ar", "fr"],
        "domains_ar": "health,  human rights ،health",
        "domains_fr": "",
    }
    answer = administered.post(f"/desk/people/{amina.pk}/", form)
    assert answer.status_code == 302
    assert domains(amina) == {"ar": ["health", "human rights"], "fr": []}
    page = administered.get(f"/desk/people/{amina.pk}/").content.decode()
    assert 'value="health, human rights"' in page
    administered.post(f"/desk/people/{amina.pk}/", {**ACCOUNT, "locales": ["ar"], "domains_fr": "sport"})
    assert domains(amina) == {"ar": []}
