"""A stand-in for the Hugging Face hub: the few addresses `huggingface_hub` asks for, on 127.0.0.1."""

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """Serves one folder as repository `newsroom/tiny` at one commit; `main` points to it.

    Args:
        cut: name of a file whose first transfer breaks off half-way.
        lie: name of a file for which the hub tells a wrong checksum.
    """

    def __init__(self, folder: Path, *, cut: str = "", lie: str = "") -> None:
        self.given: list[str] = []
        hub = self
        broken: set[str] = set()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                self.answer(body=False)

            def do_GET(self) -> None:
                self.answer(body=True)

            def answer(self, *, body: bool) -> None:
                path = self.path.split("?")[0]
                if re.fullmatch(rf"/api/models/newsroom/tiny/revision/(main|{COMMIT})", path):
                    self.tell(
                        {"id": "newsroom/tiny", "modelId": "newsroom/tiny", "sha": COMMIT, "siblings": []}
                    )
                elif path.startswith(f"/api/models/newsroom/tiny/tree/{COMMIT}"):
                    self.tell([hub.entry(file, lie) for file in sorted(folder.iterdir())])
                elif match := re.fullmatch(rf"/newsroom/tiny/resolve/{COMMIT}/([\w.]+)", path):
                    self.give(folder / match.group(1), body)
                else:
                    self.send_error(404)

            def tell(self, answer: Any) -> None:
                told = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def give(self, file: Path, body: bool) -> None:
                data = file.read_bytes()
                start = 0
                if asked := self.headers.get("Range"):
                    start = int(re.findall(r"\d+", asked)[0])
                self.send_response(206 if start else 200)
                self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
                self.send_header("X-Repo-Commit", COMMIT)
                self.send_header("Accept-Ranges", "bytes")
                self.send_header("Content-Length", str(len(data) - start))
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
                self.end_headers()
                if not body:
                    return
                hub.given.append(file.name)
                if file.name == cut and cut not in broken:
                    broken.add(cut)
                    self.wfile.write(data[: len(data) // 2])
                    self.wfile.flush()
                    self.connection.shutdown(2)
                    self.close_connection = True
                    return
                self.wfile.write(data[start:])

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @staticmethod
    def entry(file: Path, lie: str) -> dict[str, Any]:
        data = file.read_bytes()
        told: dict[str, Any] = {"type": "file", "path": file.name, "size": len(data), "oid": "0" * 40}
        if file.suffix in (".safetensors", ".spm"):
            sha256 = "f" * 64 if file.name == lie else hashlib.sha256(data).hexdigest()
            told["lfs"] = {"oid": sha256, "size": len(data), "pointerSize": 100}
        return told

    def __enter__(self) -> "Hub":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()
