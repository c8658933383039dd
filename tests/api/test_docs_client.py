"""The client of docs/api.md, taken out of the page and run against a real server."""

import re
from pathlib import Path
from typing import Any

import pytest

from workflow.accounts.models import User
from workflow.api.models import issue
from workflow.articles.models import Article

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_documented_client_runs(
    live_server: Any, editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    _token, secret = issue(editor, "docs", ["submit", "read"])
    (client,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    for shown, real in (('"http://127.0.0.1:8000"', repr(live_server.url)), ('"desk_…"', repr(secret))):
        assert client.count(shown) == 1
        client = client.replace(shown, real)
    for _ in range(2):  # the key of the client makes running it twice as good as once
        exec(compile(client, "docs/api.md", "exec"), {})
    assert capsys.readouterr().out.split("\n")[:2] == ["ar queued", "fr queued"]
    assert Article.objects.get().title == "Title"
