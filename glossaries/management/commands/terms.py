"""`manage.py terms check|import|export`: the terms of a translation checked; glossary files in and out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossaries import exchange, formats, store
from glossaries.matching import Concept, Termbase, TermUse
from glossaries.models import Concept as StoredConcept
from glossaries.termbase import plain_concept


class Command(BaseCommand):
    help = "Check the terms of a translation; bring glossary files in and out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="Check a translation, one sentence a line.")
        check.add_argument("--source-file", required=True, type=Path, help="source text, one sentence a line")
        check.add_argument("--target-file", required=True, type=Path, help="its translation, line by line")
        check.add_argument("--locale", required=True, help="locale of the translation, such as fr or ar")
        check.add_argument("--source-locale", default="en", help="locale of the source (en)")
        check.add_argument(
            "--glossary",
            type=Path,
            nargs="+",
            action="extend",
            default=[],
            help="CSV, TBX or XLSX files to check against instead of the termbase",
        )
        bring_in = actions.add_parser("import", help="Read a glossary file into the termbase.")
        bring_in.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV, TBX or XLSX")
        bring_in.add_argument("--into", help="name of the glossary; default: the file's name")
        bring_in.add_argument(
            "--shipped", action="store_true", help="the glossaries the product brings, once"
        )
        bring_in.add_argument("--dry-run", action="store_true", help="only tell what would happen")
        bring_in.add_argument(
            "--all-or-nothing",
            action="store_true",
            help="store nothing of a file that has a row with an error",
        )
        export = actions.add_parser("export", help="Write the termbase to a file.")
        export.add_argument(
            "file", type=Path, metavar="FILE", help="its ending says the form: csv, tbx, xlsx"
        )
        export.add_argument("--only", help="name of one glossary")
        check.add_argument(
            "--json", action="store_true", help="print a JSON list with one object for each line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        {"check": self._check, "import": self._import, "export": self._export}[options["action"]](options)

    def _import(self, options: dict[str, Any]) -> None:
        if options["shipped"]:
            store.load_shipped()
        failed = False
        for path in options["files"]:
            try:
                report = exchange.bring_in(
                    path.name,
                    path.read_bytes(),
                    options["into"] or path.stem,
                    dry_run=options["dry_run"],
                    all_or_nothing=options["all_or_nothing"],
                )
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from None
            except formats.GlossaryFormatError as error:
                raise CommandError(f"{path}: {error}") from None
            for row_error in report.errors:
                self.stderr.write(f"{path}: {row_error}")
            failed |= bool(report.errors)
            self.stdout.write(f"{path}: {report.concepts} concepts read; {report.stored or 'nothing stored'}")
        if failed:
            sys.exit(1)

    def _export(self, options: dict[str, Any]) -> None:
        form = options["file"].suffix.lstrip(".").lower()
        if form not in exchange.MEDIA_TYPES:
            raise CommandError(
                f"{options['file']}: the ending must be one of {', '.join(exchange.MEDIA_TYPES)}"
            )
        options["file"].write_bytes(exchange.export(form, options["only"]))

    def _check(self, options: dict[str, Any]) -> None:
        concepts = list(self._concepts(options["glossary"]))
        termbase = Termbase.compile(concepts, options["source_locale"], options["locale"])
        sources, targets = _lines(options["source_file"]), _lines(options["target_file"])
        if len(sources) != len(targets):
            raise CommandError(
                f"the source has {len(sources)} lines and the translation {len(targets)}; they must go line by line"
            )
        pairs = zip_longest(sources, targets)
        reports = [(termbase.check(source, target), source, target) for source, target in pairs]
        if options["json"]:
            listed = [_as_dict(number, *report) for number, report in enumerate(reports, start=1)]
            lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in listed)
            self.stdout.write(f"[\n{lines}\n]" if lines else "[]")
            return
        for number, (uses, source, target) in enumerate(reports, start=1):
            for use in uses:
                self.stdout.write(f"{number}: {_as_line(use, source, target)}")
        self._summary([use for uses, _, _ in reports for use in uses])

    def _concepts(self, files: list[Path]) -> Iterator[Concept]:
        if not files:
            yield from (plain_concept(one) for one in StoredConcept.objects.prefetch_related("terms"))
        for path in files:
            try:
                concepts, errors = formats.read(path.name, path.read_bytes())
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from None
            except formats.GlossaryFormatError as error:
                raise CommandError(f"{path}: {error}") from None
            for row in errors:
                self.stderr.write(f"{path}: {row}")
            yield from concepts

    def _summary(self, uses: list[TermUse]) -> None:
        counts = {
            status: sum(use.status == status for use in uses) for status in ("ok", "missing", "forbidden")
        }
        self.stdout.write(", ".join(f"{count} {status}" for status, count in counts.items()))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8 text") from None
    return text.removesuffix("\n").split("\n") if text else []


def _as_dict(number: int, uses: list[TermUse], source: str, target: str) -> dict[str, Any]:
    return {
        "line": number,
        "terms": [
            {
                "concept_id": use.concept_id,
                "status": use.status,
                "source": source[slice(*use.source_span)],
                "source_span": list(use.source_span),
                "target": target[slice(*use.target_span)] if use.target_span else None,
                "target_span": list(use.target_span) if use.target_span else None,
                "expected": list(use.expected),
                "severity": use.severity.value,
            }
            for use in uses
        ],
    }


def _as_line(use: TermUse, source: str, target: str) -> str:
    term = source[slice(*use.source_span)]
    if use.target_span:
        return f"{use.status}: {term} → {target[slice(*use.target_span)]}"
    return f"{use.status}: {term} (expected: {' | '.join(use.expected)})"
