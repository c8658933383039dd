"""A web server on this machine for the tests: pages by path, what was asked, answers in trouble on demand."""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """An answer as it is sent; `headers` come on top of length and type."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Web:
    """What the server answers, by path; a function gets path and query, and the request's headers."""

    address: str = ""
    pages: dict[str, Page | Callable[[str, dict[str, str]], Page]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, **page: object) -> str:
        """Sets a page up; its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, **page)  # type: ignore[arg-type]
        return self.address + path

    def put_feed(self, path: str, body: str) -> str:
        """A feed as good servers give it: with ETag and Last-Modified, and 304 for who knows it already."""
        etag, modified = (
            f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"',
            formatdate(1_750_000_000, usegmt=True),
        )

        def answer(path: str, headers: dict[str, str]) -> Page:
            validators = {"ETag": etag, "Last-Modified": modified}
            if headers.get("if-none-match") == etag:
                return Page(status=304, headers=validators)
            return Page(body.encode(), kind="application/rss+xml", headers=validators)

        self.pages[path] = answer
        return self.address + path

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of the requests for a path."""
        return [headers for asked, headers in self.requests if asked.partition("?")[0] == path]


@contextmanager
def serve() -> Iterator[Web]:
    """A server on a free port."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            web.requests.append((self.path, headers))
            page = web.pages.get(self.path.partition("?")[0], Page(b"Not found", 404))
            if callable(page):
                page = page(self.path, headers)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.status != 304:
                self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    web.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def bomb(megabytes: int) -> Page:
    """A small answer that unpacks to a large one."""
    return Page(gzip.compress(b" " * megabytes * 1024 * 1024), headers={"Content-Encoding": "gzip"})
