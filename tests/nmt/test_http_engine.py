"""The engine elsewhere: a stand-in service on 127.0.0.1, well and ill behaved."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from workers.nmt import http_engine
from workers.nmt.engine import EngineError
from workers.nmt.http_engine import HttpEngine


class Service(HTTPServer):
    answer: Any = None
    status = 200
    asked: list[dict[str, Any]]


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        answer = self.server.answer or {"translatedText": [f"[{text}]" for text in body["q"]]}
        told = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def engine(service: Service) -> HttpEngine:
    return HttpEngine(f"http://127.0.0.1:{service.server_address[1]}", api_key="k", timeout=5)


def test_sentences_go_out_a_few_at_a_time_and_come_back_in_order(
    engine: HttpEngine, service: Service
) -> None:
    sentences = [f"Sentence {n}." for n in range(20)]
    assert [drafts[0].text for drafts in engine.translate(sentences, "en", "fr")] == [
        f"[{s}]" for s in sentences
    ]
    assert [len(body["q"]) for body in service.asked] == [16, 4]
    assert {(b["source"], b["target"], b["api_key"]) for b in service.asked} == {("en", "fr", "k")}


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        ({"error": "no"}, 403, "refused: 403"),
        ({"error": "no"}, 200, "something else"),
        ({"translatedText": ["one"]}, 200, "something else"),
        (b"<html>", 200, "no JSON"),
        (b"[]", 200, "something else"),
        (b" " * 100, 200, "too much"),
    ],
)
def test_an_ill_behaved_service_is_an_engine_error(
    engine: HttpEngine, service: Service, monkeypatch: pytest.MonkeyPatch, answer: Any, status: int, told: str
) -> None:
    monkeypatch.setattr(http_engine, "LARGEST_ANSWER", 90)
    service.answer, service.status = answer, status
    with pytest.raises(EngineError, match=told):
        engine.translate(["One.", "Two."], "en", "fr")


def test_a_service_that_is_not_there_is_an_engine_error() -> None:
    with pytest.raises(EngineError, match="cannot be reached"):
        HttpEngine("http://127.0.0.1:9", timeout=1).translate(["One."], "en", "fr")
    with pytest.raises(EngineError, match="no web address"):
        HttpEngine("file:///etc/passwd")
