"""`manage.py export_site DIR`: writes the public site as files for any web server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.publishing.export import ExportRefused, export


class Command(BaseCommand):
    help = "Writes the public site, live editions only, as files that any web server can host."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--base-url", default="", help="where it will be served; links are then absolute, else relative"
        )
        parser.add_argument(
            "--feedback-url", default="", help="address of this desk, for the readers' forms; else left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("base_url", "feedback_url"):
            if options[name] and not options[name].startswith(("https://", "http://")):
                raise CommandError(f"--{name.replace('_', '-')} must begin with https:// or http://.")
        try:
            result = export(
                options["folder"], base_url=options["base_url"], feedback_url=options["feedback_url"]
            )
        except (ExportRefused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(result.files)} files in {options['folder']}, {result.removed} taken out.")
