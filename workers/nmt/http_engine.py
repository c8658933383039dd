"""An engine elsewhere: any service that speaks LibreTranslate's `POST /translate`.

Bounded on every side: few sentences a request, one request at a time, a time limit, a size limit. It tells
no scores and no alignment, so drafts have score 0.0 and codes are placed by proportion.
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from .engine import Draft, EngineError

SENTENCES_A_REQUEST = 16
LARGEST_ANSWER = 4 << 20


class HttpEngine:
    """A LibreTranslate-compatible service.

    Args:
        url: its address without the path ("http://127.0.0.1:5000").
        api_key: sent with each request, if it wants one.
        timeout: seconds a request may take.
    """

    longest = 400

    def __init__(self, url: str, *, api_key: str | None = None, timeout: float = 60.0) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise EngineError(f"“{url}” is no web address of a translation service.")
        self._url, self._key, self._timeout = url.rstrip("/"), api_key, timeout

    def length(self, sentence: str) -> int:
        return len(sentence.split()) + 1

    def translate(
        self,
        sentences: Sequence[str],
        source: str,
        target: str,
        hypotheses: int = 1,
        *,
        beam: int = 4,
        prefixes: Sequence[str] | None = None,
        unrepeated: bool = False,
    ) -> list[list[Draft]]:
        drafts: list[list[Draft]] = []
        for at in range(0, len(sentences), SENTENCES_A_REQUEST):
            some = list(sentences[at : at + SENTENCES_A_REQUEST])
            answer = self._post({"q": some, "source": source, "target": target, "format": "text"})
            texts = answer.get("translatedText")
            if not isinstance(texts, list) or len(texts) != len(some):
                raise EngineError(f"The translation service {self._url} answered something else than drafts.")
            drafts += [[Draft(str(text), 0.0)] for text in texts]
        return drafts

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._key:
            body["api_key"] = self._key
        request = Request(
            f"{self._url}/translate", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request, timeout=self._timeout) as answer:
                told = answer.read(LARGEST_ANSWER + 1)
        except HTTPError as error:
            raise EngineError(
                f"The translation service {self._url} refused: {error.code} {error.reason}."
            ) from error
        except (URLError, TimeoutError, OSError) as error:
            raise EngineError(f"The translation service {self._url} cannot be reached: {error}.") from error
        if len(told) > LARGEST_ANSWER:
            raise EngineError(f"The translation service {self._url} answered too much.")
        try:
            parsed = json.loads(told)
        except ValueError as error:
            raise EngineError(f"The translation service {self._url} answered no JSON.") from error
        if not isinstance(parsed, dict):
            raise EngineError(f"The translation service {self._url} answered something else than drafts.")
        return parsed
