"""Requests to other servers: not into our own network unless it is allowed, and over when their time is over."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from workflow.outbound import NotReached, ask, public, refuse_address

HOSTS = ["127.0.0.1"]


@contextmanager
def dribbling(begin: bytes, drop: bytes, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers `begin`, then `drop` again and again until nobody listens any more."""
    listener = socket.create_server(("127.0.0.1", 0))
    gone = threading.Event()

    def answer() -> None:
        connection, _address = listener.accept()
        try:
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
            with connection:
                connection.recv(4096)
                connection.sendall(begin)
                while not gone.wait(0.05):
                    connection.sendall(drop)
        except OSError:
            pass

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        gone.set()
        thread.join(5)
        listener.close()


def read(address: str, *, seconds: float = 5.0, method: str = "GET") -> bytes:
    with ask(method, address, end=time.monotonic() + seconds, headers={}, allowed=HOSTS) as answer:
        return answer.read()


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"", b"H"),
    ],
    ids=["headers", "one-header", "body", "chunks", "first-line"],
)
def test_a_server_that_dribbles_gets_no_more_than_its_time(begin: bytes, drop: bytes) -> None:
    start = time.monotonic()
    with dribbling(begin, drop) as address, pytest.raises(NotReached):
        read(address, seconds=0.3)
    assert time.monotonic() - start < 3


def test_nor_does_one_that_does_so_encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, trusting = certificates(tmp_path)
    monkeypatch.setattr(ssl, "create_default_context", trusting)
    with dribbling(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"", server) as address:
        assert read(address) == b"ok"
    start = time.monotonic()
    with (
        dribbling(b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n", server) as address,
        pytest.raises(NotReached, match="in time"),
    ):
        read(address, seconds=0.5)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1",
     "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "192.0.0.8",
     "64:ff9b:1::7f00:1", "64:ff9b:1::808:808", "::127.0.0.1", "::10.0.0.1", "fec0::1", "240.0.0.1"],
)  # fmt: skip
def test_numbers_of_internal_networks_are_not_public(number: str) -> None:
    assert not public(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "192.0.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_numbers_of_the_internet_are_public(number: str) -> None:
    assert public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://", "//example.org/", "",
     "http://user:secret@example.org/", "http://[::1", "http://127.0.0.1/", "http://[::ffff:10.0.0.1]/",
     "http://localhost:6379/", "http://db.localhost./"],
)  # fmt: skip
def test_only_addresses_of_the_open_web_are_taken(address: str) -> None:
    with pytest.raises(NotReached):
        refuse_address(address)


def test_a_newsroom_allows_the_hosts_of_its_own_network(settings: Settings) -> None:
    refuse_address("http://10.1.2.3/", ["10.1.2.3"])
    settings.PRIVATE_HOSTS = ["10.1.2.3", "localhost"]
    refuse_address("http://10.1.2.3:8080/hook")
    refuse_address("http://localhost/hook")
    with pytest.raises(NotReached):
        refuse_address("http://10.1.2.4/")


def certificates(folder: Path) -> tuple[ssl.SSLContext, Callable[[], ssl.SSLContext]]:
    """What a server shows that calls itself 127.0.0.1, and a maker of contexts that trust it."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(pem)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    make = ssl.create_default_context
    return server, lambda: make(cafile=str(file))
