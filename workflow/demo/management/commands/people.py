"""`manage.py people --demo`: the people of the demo newsroom, for trying the product out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.demo.people import PASSWORD, PEOPLE, hire


class Command(BaseCommand):
    help = "Creates the people of the demo newsroom (those who are missing)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="the accounts have a password everybody knows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["demo"]:
            raise CommandError("These accounts share a known password; say --demo if that is what you want.")
        hire()
        for person in PEOPLE:
            self.stdout.write(f"{person.username:8} {person.what}")
        self.stdout.write(f"Password of each: {PASSWORD}")
