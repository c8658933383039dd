"""Who counts as one visitor: directly, behind proxies, and with a household's IPv6 addresses."""

from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from workflow.visitors import address_of, origin_of


@pytest.mark.parametrize(
    ("peer", "said", "address"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),  # no proxy of ours: it may say what it likes
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "192.0.2.66, 203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "192.0.2.66, 203.0.113.1, 10.1.2.3", "203.0.113.1"),
        ("10.9.9.9", "2001:db8:1:2::5", "2001:db8:1:2::5"),
        ("10.9.9.9", "[2001:db8::5%eth0]", "2001:db8::5"),
        ("::ffff:10.1.2.3", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "nonsense, ", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("", "203.0.113.1", "203.0.113.1"),
        ("", None, "?"),
        ("nonsense", "203.0.113.1", "?"),
    ],
)
def test_the_address_is_the_first_that_no_proxy_of_ours_has(
    settings: Settings, peer: str, said: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8")]
    headers = {"X-Forwarded-For": said} if said is not None else {}
    assert address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)) == address


def test_a_household_is_one_origin() -> None:
    assert origin_of("2001:db8:1:2::5") == origin_of("2001:db8:1:2:ffff::9") != origin_of("2001:db8:1:3::5")
    assert origin_of("198.51.100.7") != origin_of("198.51.100.8")
    assert origin_of("?") == "?"


@pytest.mark.django_db
def test_guessing_passwords_from_one_household_is_limited_and_others_are_not(
    client: Client, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    cache.clear()

    def guess(address: str) -> int:
        wrong = {"login": "nadia", "password": "wrong"}
        said = {"X-Forwarded-For": address}
        return client.post("/accounts/login/", wrong, headers=said, REMOTE_ADDR="127.0.0.1").status_code

    assert [guess(f"2001:db8:1:2::{n}") for n in range(5)] == [200, 200, 200, 429, 429]
    assert guess("2001:db8:1:3::1") == 200
    cache.clear()
