"""Measures saving at the desk: 50 translators at once on PostgreSQL, and whether every text arrived.

python benchmarks/saving.py                     50 translators, one save each 3 s, for 30 s
python benchmarks/saving.py --translators 10 --seconds 10

Starts a PostgreSQL server, the broker and the web server of its own on 127.0.0.1 (the commands of
deploy/supervisord.conf) and removes them afterwards. Two translators share each translation, and each asks for
the live checks of a text before saving it. Every fifth save both write the same unit on the same version at the
same moment: one must be told so (409, with the other's text) and saves again on top. The baseline, in the same
run, is one translator alone.

Ends with 1 when the goal is missed, when a save was not the very next version of the one it was written on, when
fewer conflicts were told than forced, or when the history in the database is not, version by version, what the
server acknowledged and told.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.newsroom import Newsroom, until  # noqa: E402

GOAL_SAVE, GOAL_CHECK = 150, 50  # milliseconds, 95th percentile
PAIRS = ROOT / "workflow" / "demo" / "newsroom" / "manuscripts.jsonl"
COLLIDE_EVERY = 5


@dataclass
class Unit:
    """A unit as the translators know it; `acknowledged` and `told` are the versions the server said it holds,
    to who saved them and to who was in conflict with them."""

    pk: int
    text: str
    version: int
    acknowledged: dict[int, str] = field(default_factory=dict)
    told: dict[int, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, version: int, text: str) -> bool:
        """Notes what was acknowledged; False when somebody was given that version before."""
        with self.lock:
            first = self.acknowledged.setdefault(version, text) == text
            self.version = max(self.version, version)
            return first


@dataclass(frozen=True)
class Turn:
    """One save to come: which unit, when, and with whom at the same moment."""

    unit: Unit
    start: float
    together: threading.Barrier | None


class Translator(threading.Thread):
    """Saves one unit after the other at a steady pace; a connection each, as the server keeps none for 3 s."""

    def __init__(self, name: str, session: str, desk: int, port: int) -> None:
        super().__init__(name=name)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"sessionid": session}
        self.times: list[float] = []
        self.checks: list[float] = []
        self.conflicts = 0
        self.trouble: list[str] = []
        self.turns: list[Turn] = []
        self.pause = 0.0
        # Opening the desk claims the translation and brings the CSRF cookie.
        answer, _body, _milliseconds = self.ask("GET", f"/desk/translations/{desk}/")
        self.cookies["csrftoken"] = answer.getheader("Set-Cookie", "").split("csrftoken=")[1].split(";")[0]

    def ask(self, method: str, path: str, **fields: Any) -> tuple[http.client.HTTPResponse, bytes, float]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers["X-CSRFToken"] = self.cookies["csrftoken"]
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self.connection.close()
        return answer, body, (time.perf_counter() - start) * 1000

    def check(self, unit: Unit, text: str) -> None:
        """What the desk asks for while the text is typed."""
        answer, body, milliseconds = self.ask("POST", f"/desk/units/{unit.pk}/check", target=text)
        self.checks.append(milliseconds)
        if answer.status != 200 or "findings" not in json.loads(body):
            self.trouble.append(f"{self.name}: check {answer.status}")

    def save(self, unit: Unit, text: str, together: threading.Barrier | None = None) -> None:
        """Saves until the text stands: after a conflict once more, on top of the colleague's version."""
        version = unit.version
        if together:
            # Both know the same version before either saves: one of them must be refused.
            together.wait(timeout=60)
        while True:
            answer, body, milliseconds = self.ask(
                "POST", f"/desk/units/{unit.pk}/save", target=text, version=version, seconds=3
            )
            self.times.append(milliseconds)
            said = json.loads(body)
            if answer.status == 200:
                if said["version"] != version + 1 or said["target"] != text:
                    self.trouble.append(
                        f"{self.name}: on {version} came {said['version']}, {said['target']!r}"
                    )
                if not unit.took(said["version"], text):
                    self.trouble.append(f"{self.name}: version {said['version']} was given away twice")
                return
            if answer.status != 409 or said["version"] <= version:
                self.trouble.append(f"{self.name}: {answer.status} {said}")
                return
            self.conflicts += 1
            version = said["version"]
            unit.told[version] = said["target"]

    def run(self) -> None:
        for number, turn in enumerate(self.turns):
            text = f"{turn.unit.text} [{self.name} {number}]"
            try:
                time.sleep(max(0.0, turn.start - self.pause - time.monotonic()))
                self.check(turn.unit, text)
                time.sleep(max(0.0, turn.start - time.monotonic()))
                self.save(turn.unit, text, turn.together)
            except (OSError, http.client.HTTPException, ValueError, threading.BrokenBarrierError) as error:
                self.trouble.append(f"{self.name}: {error!r}")


def fill(people: int) -> list[tuple[str, str, int, list[Unit]]]:
    """Makes the people, and a drafted translation for each two; (name, session, translation, units) each."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from workflow.accounts.models import User, WorkingLocale
    from workflow.drafting.models import State, UnitState
    from workflow.drafting.transitions import move
    from workflow.drafting.units import store_draft
    from workflow.intake.documents.reading import read
    from workflow.intake.submit import Wishes, submit

    source = PAIRS.with_name("manuscripts.md").read_bytes()
    targets = {row["source"]: row for row in map(json.loads, PAIRS.read_text("utf-8").splitlines())}
    editor = User.objects.create_user("editor", is_editor=True)
    desks: list[tuple[int, list[Unit]]] = []
    while 2 * len(desks) < people:
        article = submit(read("article.md", source), Wishes(), by=editor, origin="load")
        for translation in article.translations.all():
            units = []
            for unit in translation.current_units():
                text = targets[unit.segment.text][translation.locale]
                store_draft(unit, text=text, origin="machine", model="load", score=0.5, notes=[], reason="")
                units.append(Unit(unit.pk, text, unit.version))
            move(translation, "finish_drafting")
            assert translation.state == State.IN_REVIEW and unit.state == UnitState.DRAFT
            desks.append((translation.pk, units))
    team = []
    for number in range(people):
        person = User.objects.create_user(f"translator{number}", is_translator=True)
        for locale in settings.TARGET_LOCALES:
            WorkingLocale.objects.create(user=person, locale=locale)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        team.append((person.username, str(session.session_key), *desks[number // 2]))
    return team


def plan(team: list[Translator], desks: list[list[Unit]], seconds: float, pace: float) -> int:
    """Who saves what when: pairs take turns through their units and now and then collide in one.

    Returns how often two collide.
    """
    begin, chance = time.monotonic() + 0.5 + pace / 2, random.Random(1)
    collisions = 0
    for first in range(0, len(team), 2):
        pair, units = team[first : first + 2], desks[first]
        phase = chance.uniform(0, pace)
        for step in range(int(seconds / pace)):
            collide = len(pair) == 2 and step % COLLIDE_EVERY == COLLIDE_EVERY - 1
            together = threading.Barrier(2) if collide else None
            collisions += collide
            for place, translator in enumerate(pair):
                own, shift = (0, 0.0) if collide else (place, place * pace / 2)
                start = begin + step * pace + (phase + shift) % pace
                translator.turns.append(Turn(units[(2 * step + own) % len(units)], start, together))
                translator.pause = pace / 2
    return collisions


def lost(units: list[Unit]) -> list[str]:
    """Where the database holds something else than the server said, version by version and as the newest text."""
    from workflow.drafting.models import TranslationUnit

    troubles = []
    for unit in units:
        row = TranslationUnit.objects.get(pk=unit.pk)
        history = dict(row.versions.filter(author__isnull=False).values_list("number", "target"))
        if history != unit.acknowledged:
            troubles.append(f"unit {unit.pk}: the history differs from what was acknowledged")
        for version, text in unit.told.items():
            if history.get(version) != text:
                troubles.append(f"unit {unit.pk}: a conflict told “{text[-30:]}” as version {version}")
        if unit.acknowledged and row.target != unit.acknowledged[max(unit.acknowledged)]:
            troubles.append(f"unit {unit.pk}: holds “{row.target[-30:]}”, not the text acknowledged last")
    return troubles


def processor_seconds(parent: int) -> float:
    """What the web server's processes have computed so far; unlike time, the same on a busy machine."""
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name in brackets: state, parent, … and as 12th and 13th user and system time.
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[1]) == parent:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(times: list[float], share: float) -> float:
    ranked = sorted(times)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def told(name: str, times: list[float]) -> str:
    values = "".join(f"{percentile(times, share):>9.1f}" for share in (0.5, 0.95, 0.99))
    return f"{name:<34}{len(times):>7}{values}"


def measure(arguments: argparse.Namespace, room: Newsroom) -> int:
    room.start("broker")
    until((room.var / "broker.sock").exists, "the broker")
    people = fill(arguments.translators + 1)
    room.start("web")
    team = [Translator(name, session, desk, room.port) for name, session, desk, _units in people]
    *crowd, alone = team
    *desks, own = [units for *_who, units in people]

    # Each server process compiles its termbase at the first question; that is not what is measured.
    for unit in own * 2:
        alone.ask("POST", f"/desk/units/{unit.pk}/check", target=unit.text)
    checks = [
        alone.ask("POST", f"/desk/units/{unit.pk}/check", target=f"{unit.text}{n}")[2]
        for n in range(3)
        for unit in own
    ]
    for number in range(30):
        time.sleep(0.05)
        unit = own[number % len(own)]
        alone.save(unit, f"{unit.text} [alone {number}]")

    # A server just started opens its connections and compiles its termbases under the first wave: told apart.
    cold: list[float] = []
    first = [
        threading.Thread(
            target=lambda t=t, u=u: cold.append(
                t.ask("POST", f"/desk/units/{u[0].pk}/check", target=u[0].text)[2]
            )
        )
        for t, u in zip(crowd, desks, strict=True)
    ]
    for thread in first:
        thread.start()
    for thread in first:
        thread.join()

    collisions = plan(crowd, desks, arguments.seconds, arguments.pace)
    computed = -processor_seconds(room.processes["web"].pid)
    for translator in crowd:
        translator.start()
    for translator in crowd:
        translator.join()
    computed += processor_seconds(room.processes["web"].pid)

    saves = [milliseconds for translator in crowd for milliseconds in translator.times]
    typing = [milliseconds for translator in crowd for milliseconds in translator.checks]
    conflicts = sum(translator.conflicts for translator in crowd)
    every = {unit.pk: unit for units in [*desks, own] for unit in units}
    troubles = [trouble for translator in team for trouble in translator.trouble] + lost(list(every.values()))
    if not 0 < collisions <= conflicts:
        troubles.append(f"{collisions} times two saved on the same version, {conflicts} conflicts were told")
    print(*troubles[:10], sep="\n")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print(f"{'milliseconds, seen by the browser':<34}{'count':>7}{'p50':>9}{'p95':>9}{'p99':>9}")
    print(told("baseline: one translator, saving", alone.times))
    print(told(f"{len(crowd)} translators, saving", saves))
    print(told("one translator, live check", checks))
    print(told(f"{len(crowd)} translators, live check", typing))
    print(told("first wave at a cold server, check", cold))
    ratio = percentile(saves, 0.95) / percentile(alone.times, 0.95)
    print(f"\np95 of {len(crowd)} translators / p95 of one alone: {ratio:.2f}")
    print(f"the web server computed {1000 * computed / len(saves):.1f} ms for a save and its live check")
    acknowledged = sum(len(unit.acknowledged) for unit in every.values())
    print(
        f"{acknowledged} texts acknowledged, {collisions} conflicts forced, "
        f"{conflicts} told and solved; {len(troubles)} lost or wrong"
    )
    met = percentile(saves, 0.95) <= GOAL_SAVE and percentile(checks, 0.95) <= GOAL_CHECK
    print(f"goal: save p95 ≤ {GOAL_SAVE} ms, check p95 ≤ {GOAL_CHECK} ms: {'met' if met else 'MISSED'}")
    return 0 if met and not troubles else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--translators", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--pace", type=float, default=3, help="seconds between two saves of one person")
    arguments = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        servers = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not servers:
            parser.error("PostgreSQL is missing (apt-get install postgresql)")
        command = [sys.executable, str(ROOT / "deploy" / "with_postgres.py"), str(servers[-1])]
        return subprocess.run(
            [*command, sys.executable, *sys.argv], env={**os.environ, "PG_FSYNC": "on"}
        ).returncode
    with tempfile.TemporaryDirectory(prefix="desk-load-") as folder:
        os.environ.update(DESK_VAR=folder, DJANGO_SETTINGS_MODULE="workflow.settings", LOG_LEVEL="WARNING")
        room = Newsroom(Path(folder))
        room.manage("setup")
        import django

        django.setup()
        try:
            return measure(arguments, room)
        finally:
            room.stop()


if __name__ == "__main__":
    sys.exit(main())
