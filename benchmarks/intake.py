"""Measures how many items of a feed come in at once: items a second, peak memory, and how the web fares.

python benchmarks/intake.py                     1,000 and 10,000 items
python benchmarks/intake.py --items 500 1000    other numbers

Each run is a process of its own with an empty database. The baseline is what a short script would do: parse
the whole feed at once, then submit one entry after the other.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NEWEST = datetime(2025, 7, 9, 10, tzinfo=UTC)
PARAGRAPHS = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--items", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--one", nargs=3, metavar=("MODE", "ITEMS", "ADDRESS"), help=argparse.SUPPRESS)
    parser.add_argument("--web", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.web:
        return watch()
    if arguments.one:
        mode, items, address = arguments.one
        return measure(mode, int(items), address)
    print(
        f"{'':<10}{'items':>7}{'plan s':>8}{'take s':>8}{'items/s':>9}{'start MB':>10}{'peak MB':>9}"
        f"{'growth MB':>11}{'page median ms':>16}{'95 % ms':>9}{'after ms':>10}"
    )
    for items in arguments.items:
        with serve(items) as address:
            for mode in ("baseline", "desk"):
                report(mode, items, address)
    return None


def report(mode: str, items: int, address: str) -> None:
    """Runs one measurement in an empty installation and prints its line."""
    with tempfile.TemporaryDirectory(prefix="desk-benchmark-") as var:
        environment = {
            **os.environ,
            "DESK_VAR": var,
            "DJANGO_SETTINGS_MODULE": "workflow.settings",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, __file__]
        for task in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *task, "-v0"], env=environment, check=True)
        web = subprocess.Popen(
            [*command, "--web"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        done = subprocess.run(
            [*command, "--one", mode, str(items), address],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        pages = json.loads(web.communicate("stop\n")[0])
    one = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{mode:<10}{items:>7,}{one['plan']:>8.1f}{one['take']:>8.1f}"
        f"{items / (one['plan'] + one['take']):>9.1f}{one['start']:>10.0f}{one['peak']:>9.0f}"
        f"{one['peak'] - one['start']:>11.0f}{pages['median']:>16.0f}{pages['late']:>9.0f}{pages['after']:>10.0f}",
        flush=True,
    )


def measure(mode: str, items: int, address: str) -> None:
    """Takes the feed in and prints seconds and megabytes as JSON; every item must be queued exactly once."""
    import django

    django.setup()
    from django.conf import settings

    from workers.broker import command
    from workflow.articles.models import Article
    from workflow.drafting.models import Translation
    from workflow.intake.models import Source

    broker = subprocess.Popen(command(settings.VAR), stdout=subprocess.DEVNULL)
    try:
        source = Source.objects.create(name="Feed", kind="rss", address=address, private_hosts="127.0.0.1")
        warm_up()
        start, begin = peak(), time.perf_counter()
        if mode == "baseline":
            planned = begin
            whole_feed_at_once(address)
        else:
            planned = in_small_steps(source.pk)
        end = time.perf_counter()
    finally:
        broker.terminate()
        broker.wait()
    assert Article.objects.count() == items, Article.objects.count()
    assert Translation.objects.count() == 2 * items
    titles = [int(t.split()[-1]) for t in Article.objects.order_by("pk").values_list("title", flat=True)]
    assert titles == sorted(titles), "not the newest first"
    print(json.dumps({"plan": planned - begin, "take": end - planned, "start": start, "peak": peak()}))


def warm_up() -> None:
    """Loads what is loaded once (readers, the language model) and waits for the broker, so that only the
    items are measured."""
    from io import BytesIO

    from workers.doorbell import send
    from workflow.intake.documents.reading import read
    from workflow.intake.sources import feeds

    list(
        feeds.entries(
            BytesIO(b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"), ""
        )
    )
    read("a.md", b"# A Title\n\nThe minister opened a new library on Wednesday.\n")
    while not send("tasks.sweep"):
        time.sleep(0.1)


def in_small_steps(source_id: int) -> float:
    """The desk's way; when planning was done."""
    from workflow.intake.sources import polling, taking

    polling.poll(source_id)
    planned = time.perf_counter()
    while taking.drain():
        pass
    return planned


def whole_feed_at_once(address: str) -> None:
    """The short script's way."""
    from urllib.request import urlopen

    import feedparser

    from workflow.intake.documents.reading import read
    from workflow.intake.submit import Wishes, submit

    with urlopen(address) as answer:
        parsed = feedparser.parse(answer.read())
    for entry in parsed.entries:
        document = read("entry.html", entry.content[0].value.encode(), title=entry.title)
        submit(document, Wishes(), by=None, origin="feed", canonical_url=entry.link)


def watch() -> None:
    """Opens the board four times a second until a line comes in, and some times more when all is quiet;
    prints how long that took."""
    import django

    django.setup()
    from django.test import Client

    from workflow.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_user("nadia", is_editor=True))
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()

    def page() -> float:
        begin = time.perf_counter()
        assert client.get("/desk/board/").status_code == 200
        return (time.perf_counter() - begin) * 1000

    page()
    times = []
    while not stop.wait(0.25):
        times.append(page())
    after = sorted(page() for _time in range(20))
    times.sort()
    print(
        json.dumps(
            {"median": times[len(times) // 2], "late": times[len(times) * 95 // 100], "after": after[10]}
        )
    )


@contextmanager
def serve(items: int) -> Iterator[str]:
    """A feed of so many items on this machine; its address."""
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "feed.xml").open("w") as file:
            file.write(
                '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            )
            for number in range(items):
                file.write(item(number))
            file.write("</channel></rss>")

        class Quiet(SimpleHTTPRequestHandler):
            def __init__(self, *args: object) -> None:
                super().__init__(*args, directory=folder)  # type: ignore[arg-type]

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/feed.xml"
        finally:
            server.shutdown()


def item(number: int) -> str:
    """The item with this place in the feed, the newest being the first."""
    text = "".join(
        f"<p>The minister opened library {number} on Wednesday, in the presence of {part} writers, and said that "
        f'it would hold {number * part:,} books in three languages. See <a href="https://example.org/{part}">its '
        "page</a> for the programme of the year, which begins in September.</p>"
        for part in range(1, PARAGRAPHS + 1)
    )
    date = format_datetime(NEWEST - timedelta(minutes=number))
    return (
        f"<item><title>Minister Opens Library {number}</title><link>https://example.org/news/{number}</link>"
        f"<guid>id-{number}</guid><pubDate>{date}</pubDate>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>\n"
    )


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
