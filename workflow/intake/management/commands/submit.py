"""`manage.py submit FILE… [--to ar,fr] [--wait] [--json]`: takes articles in from the command line."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow.accounts.models import User
from workflow.articles.models import Article, Priority
from workflow.articles.revisions import EmptySource
from workflow.drafting.progress import status
from workflow.intake.documents.reading import Refused, read
from workflow.intake.submit import NeedsConfirmation, UnknownLocale, Wishes, submit_once

PRIORITIES = {priority.name.lower(): priority for priority in Priority}


class Command(BaseCommand):
    help = "Takes English articles in (Markdown, HTML, DOCX, plain text) and queues their drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--to", default=",".join(settings.TARGET_LOCALES), help="target locales: ar,fr")
        parser.add_argument("--as", dest="user", help="user name of the submitter")
        parser.add_argument("--priority", choices=PRIORITIES, default="normal")
        parser.add_argument(
            "--confirm-language", action="store_true", help="take a text in that does not look English"
        )
        parser.add_argument("--wait", action="store_true", help="wait until every draft is made")
        parser.add_argument("--timeout", type=float, default=1800, help="seconds to wait at most")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        wishes = Wishes(
            locales=[locale for locale in options["to"].split(",") if locale],
            priority=PRIORITIES[options["priority"]],
            language_confirmed=options["confirm_language"],
        )
        by = _user(options["user"])
        articles, refused = [], []
        for name in options["files"]:
            try:
                articles.append(self._take_in(Path(name), wishes, by))
            except (Refused, NeedsConfirmation, UnknownLocale, EmptySource, OSError) as error:
                refused.append({"file": name, "reason": str(error)})
        if options["wait"]:
            self._wait(articles, options["timeout"])
        self._report(articles, refused, as_json=options["json"])
        if refused:
            sys.exit(1)

    def _take_in(self, path: Path, wishes: Wishes, by: User | None) -> Article:
        if path.stat().st_size > settings.MAX_DOCUMENT_BYTES:
            raise Refused(path.name, f"larger than {settings.MAX_DOCUMENT_BYTES // 1024 // 1024} MB")
        document = read(path.name, path.read_bytes(), max_bytes=settings.MAX_DOCUMENT_BYTES)
        article, _new = submit_once(document, wishes, by=by, origin=f"file: {path.name}")
        return article

    def _wait(self, articles: list[Article], timeout: float) -> None:
        end = time.monotonic() + timeout
        while any(status(article)["drafting"] for article in articles):
            if time.monotonic() > end:
                raise CommandError("The drafts are not ready yet; look again with `manage.py status ID`.")
            time.sleep(0.5)

    def _report(self, articles: list[Article], refused: list[dict[str, str]], *, as_json: bool) -> None:
        reports = [status(article) for article in articles]
        if as_json:
            self.stdout.write(
                json.dumps({"articles": reports, "refused": refused}, ensure_ascii=False, indent=1)
            )
            return
        for report in reports:
            states = ", ".join(f"{t['locale']}: {t['state']}" for t in report["translations"])
            self.stdout.write(f"{report['id']}  {report['title']}  ({states})")
        for refusal in refused:
            self.stderr.write(f"{refusal['file']}: {refusal['reason']}")


def _user(username: str | None) -> User | None:
    if username is None:
        return None
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is nobody called “{username}”.") from error
