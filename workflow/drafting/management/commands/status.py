"""`manage.py status ID [--json]`: how far an article is."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.articles.models import Article
from workflow.drafting.progress import status


class Command(BaseCommand):
    help = "Shows the states of an article's translations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            article = Article.objects.get(pk=options["id"])
        except Article.DoesNotExist as error:
            raise CommandError(f"There is no article {options['id']}.") from error
        report = status(article)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{report['id']}  {report['title']}  (revision {report['revision']})")
        for row in report["translations"]:
            units = ", ".join(f"{count} {name}" for name, count in row["units"].items() if count)
            self.stdout.write(f"  {row['locale']}: {row['state']}  {units}  {row['failure']}".rstrip())
