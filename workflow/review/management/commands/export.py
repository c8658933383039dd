"""`manage.py export ID --locale ar --format po|xlf|html [--output FILE]`: a translation as a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.articles.segmentation import render
from workflow.drafting.models import Translation
from workflow.review.approval import rendered_segments
from workflow.review.roundtrip import WRITERS, as_file, export


class Command(BaseCommand):
    help = "Writes an article's translation, as it is now, to standard output or a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--locale", required=True)
        parser.add_argument("--format", dest="form", choices=(*WRITERS, "html"), default="po")
        parser.add_argument("--output", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        translation = (
            Translation.objects.select_related("article", "revision")
            .filter(article_id=options["id"], locale=options["locale"])
            .first()
        )
        if translation is None:
            raise CommandError(f"Article {options['id']} has no translation into “{options['locale']}”.")
        if options["form"] == "html":
            segments = rendered_segments(list(translation.current_units()))
            data = render(translation.revision.skeleton, segments).encode()
        else:
            data, _media_type = export(as_file(translation), options["form"])
        if options["output"]:
            options["output"].write_bytes(data)
        else:
            sys.stdout.buffer.write(data)
