"""Measures a flood of feed items on a working desk: items a second, memory, the order, and how the web fares.

python benchmarks/intake.py                     1,000 and 10,000 items
python benchmarks/intake.py --items 500 1000    other numbers

Each run is an empty installation with its broker, its web server (gunicorn, as in production) and its mt worker,
which drafts with the shipped models all the while. Two feeds come in: first a usual one, then an urgent one of two
in a hundred. The baseline is what a short script would do: parse the whole feed at once, then submit one entry after
the other.

Whether every item was queued once, the urgent and the newest first, and within the bounds below, decides the exit
code. The load of the machine is printed with each line: the times are those of a machine with nothing else to do only
where it says so.
"""

import argparse
import http.client
import json
import os
import resource
import socket
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
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NEWEST = datetime(2025, 7, 9, 10, tzinfo=UTC)
PARAGRAPHS = 6
# Megabytes by which taking items in may grow a process, whatever their number; and seconds of a page's wait in
# nineteen of twenty cases while they come in.
MOST_GROWTH, LONGEST_WAIT = 64.0, 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--items", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--one", nargs=3, metavar=("MODE", "ITEMS", "ADDRESS"), help=argparse.SUPPRESS)
    parser.add_argument("--web", metavar="PORT", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.web:
        return watch(int(arguments.web))
    if arguments.one:
        mode, items, address = arguments.one
        return measure(mode, int(items), address)
    print(
        f"{'':<10}{'items':>7}{'plan s':>8}{'take s':>8}{'items/s':>9}{'start MB':>10}{'growth MB':>11}"
        f"{'page median ms':>16}{'95 % ms':>9}{'quiet ms':>10}{'drafted':>9}{'load':>7}"
    )
    broken: list[str] = []
    for items in arguments.items:
        with serve(items) as address:
            for mode in ("baseline", "desk"):
                broken += report(mode, items, address)
    for bound in broken:
        print(f"Out of bounds: {bound}", file=sys.stderr)
    sys.exit(1 if broken else 0)


def urgent(items: int) -> int:
    """How many of so many items are urgent."""
    return max(items // 50, 1)


def report(mode: str, items: int, address: str) -> list[str]:
    """Runs one measurement in an installation of its own and prints its line; what was out of bounds."""
    with installation() as (environment, port):
        command = [sys.executable, __file__]
        web = subprocess.Popen(
            [*command, "--web", str(port)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        done = subprocess.run(
            [*command, "--one", mode, str(items), address],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        load = os.getloadavg()[0]
        pages = json.loads(web.communicate("stop\n")[0])
    one = json.loads(done.stdout.splitlines()[-1])
    growth = one["peak"] - one["start"]
    print(
        f"{mode:<10}{items:>7,}{one['plan']:>8.1f}{one['take']:>8.1f}"
        f"{items / (one['plan'] + one['take']):>9.1f}{one['start']:>10.0f}{growth:>11.0f}"
        f"{pages['median']:>16.0f}{pages['late']:>9.0f}{pages['quiet']:>10.0f}{one['drafted']:>9,}{load:>7.1f}",
        flush=True,
    )
    found = [f"{items:,} items: {what}" for what in one["wrong"]]
    if mode == "baseline":
        return found
    if growth > MOST_GROWTH:
        found.append(f"{items:,} items: grew by {growth:.0f} MB, {MOST_GROWTH:.0f} allowed")
    if pages["late"] > LONGEST_WAIT * 1000:
        found.append(
            f"{items:,} items: 95 % of pages within {pages['late']:.0f} ms, {LONGEST_WAIT} s allowed"
        )
    if not one["drafted"]:
        found.append(f"{items:,} items: nothing was drafted meanwhile")
    return found


@contextmanager
def installation() -> Iterator[tuple[dict[str, str], int]]:
    """An empty installation with broker, web server and mt worker running; its environment, the web's port."""
    with tempfile.TemporaryDirectory(prefix="desk-benchmark-") as var, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {
            **os.environ,
            "DESK_VAR": var,
            "DJANGO_SETTINGS_MODULE": "workflow.settings",
            "LOG_LEVEL": "ERROR",
            "PORT": str(port),
        }
        for task in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *task, "-v0"], env=environment, check=True)
        celery = "celery -A workers.app worker --queues mt --pool solo --without-gossip --without-mingle"
        lines = [
            "workers.broker",
            "gunicorn workflow.wsgi --config deploy/gunicorn.conf.py --log-level error",
            f"{celery} --loglevel error",
        ]
        with (Path(var) / "processes.log").open("w") as log:
            running = [
                subprocess.Popen(
                    [sys.executable, "-m", *line.split()], env=environment, cwd=ROOT, stdout=log, stderr=log
                )
                for line in lines
            ]
            try:
                yield environment, port
            finally:
                for process in reversed(running):
                    process.kill()
                    process.wait()


def measure(mode: str, items: int, address: str) -> None:
    """Takes the feeds in and prints seconds, megabytes and what was wrong as JSON."""
    import django

    django.setup()
    from workflow.articles.models import Priority
    from workflow.drafting.models import DraftItem, ItemState
    from workflow.intake.models import Source

    sources = [
        Source.objects.create(
            name=name,
            kind="rss",
            address=f"{address}/{name}.xml",
            private_hosts="127.0.0.1",
            priority=priority,
        )
        for name, priority in (("usual", Priority.NORMAL), ("urgent", Priority.URGENT))
    ]
    warm_up()
    start, begin = peak(), time.perf_counter()
    if mode == "baseline":
        planned = begin
        for source in sources:
            whole_feed_at_once(source.address)
    else:
        planned = in_small_steps([source.pk for source in sources])
    end = time.perf_counter()
    reached = peak()
    print(
        json.dumps(
            {
                "plan": planned - begin,
                "take": end - planned,
                "start": start,
                "peak": reached,
                "drafted": DraftItem.objects.filter(state=ItemState.DONE).count(),
                "wrong": wrong(items) if mode == "desk" else [],
            }
        )
    )


def wrong(items: int) -> list[str]:
    """What is not as it should be: each item queued once, the urgent and then the newest taken and drafted first."""
    from workflow.articles.models import Article
    from workflow.drafting.models import Translation

    found = []
    articles, translations = Article.objects.count(), Translation.objects.count()
    if (articles, translations) != (items, 2 * items):
        found.append(f"{articles:,} articles and {translations:,} translations were queued")
    titles = list(Article.objects.order_by("pk").values_list("title", flat=True))
    if titles != [title(number) for number in range(items)]:
        found.append("they were not taken in the urgent first, then the newest")
    for locale in ("ar", "fr"):
        early = drafted_too_early(locale)
        if early:
            found.append(f"{early} usual segments were drafted into {locale} while urgent ones waited")
    return found


def drafted_too_early(locale: str) -> int:
    """Segments of usual articles that were done before the last urgent one, beyond one batch with room left."""
    from django.conf import settings

    from workflow.articles.models import Priority
    from workflow.drafting.models import DraftItem, ItemState

    queue = DraftItem.objects.filter(unit__translation__locale=locale)
    of_urgent = queue.filter(unit__translation__article__priority=Priority.URGENT)
    done = queue.filter(state=ItemState.DONE).exclude(unit__translation__article__priority=Priority.URGENT)
    if not of_urgent.exclude(state=ItemState.DONE).exists():
        last = of_urgent.order_by("-finished_at").values_list("finished_at", flat=True).first()
        done = done.filter(finished_at__lt=last)
    early = done.count()
    return early if early > settings.DRAFT_BATCH else 0


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


def in_small_steps(sources: list[int]) -> float:
    """The desk's way; when planning was done."""
    from workflow.intake.models import Source
    from workflow.intake.sources import polling, taking

    for source in sources:
        while not Source.objects.filter(pk=source, last_good_at__isnull=False).exists():
            # Both feeds are on one server, which is left a second's peace.
            polling.poll(source)
            time.sleep(0.1)
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


def watch(port: int) -> None:
    """Opens the board on the web server every second until a line comes in, and some times more when intake is
    over; prints how long that took, in milliseconds."""
    import django

    django.setup()
    from django.test import Client

    from workflow.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_user("nadia", is_editor=True))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()

    def page() -> float:
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/desk/board/", headers={"Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        assert answer.status == 200 and b"<h1" in body, answer.status
        return (time.perf_counter() - begin) * 1000

    until_it_answers(page)
    times = [page()]
    while not stop.wait(1.0):
        times.append(page())
    quiet = sorted(page() for _time in range(20))
    times.sort()
    print(
        json.dumps(
            {"median": times[len(times) // 2], "late": times[len(times) * 95 // 100], "quiet": quiet[10]}
        )
    )


def until_it_answers(page: Any) -> None:
    """Waits for the web server to be up."""
    end = time.monotonic() + 120
    while True:
        try:
            page()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@contextmanager
def serve(items: int) -> Iterator[str]:
    """A server with a usual and an urgent feed, of so many items together; its address."""
    with tempfile.TemporaryDirectory() as folder:
        for name, numbers in (("usual", range(urgent(items), items)), ("urgent", range(urgent(items)))):
            with (Path(folder) / f"{name}.xml").open("w") as file:
                file.write(
                    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
                )
                for number in numbers:
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
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def title(number: int) -> str:
    """The title of the item with this place in the line, the newest of its feed being the first."""
    return f"Minister Opens Library {number}"


def item(number: int) -> str:
    """The item with this place in the line."""
    text = "".join(
        f"<p>The minister opened library {number} on Wednesday, in the presence of {part} writers, and said that "
        f'it would hold {number * part:,} books in three languages. See <a href="https://example.org/{part}">its '
        "page</a> for the programme of the year, which begins in September.</p>"
        for part in range(1, PARAGRAPHS + 1)
    )
    date = format_datetime(NEWEST - timedelta(minutes=number))
    return (
        f"<item><title>{title(number)}</title><link>https://example.org/news/{number}</link>"
        f"<guid>id-{number}</guid><pubDate>{date}</pubDate>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>\n"
    )


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
