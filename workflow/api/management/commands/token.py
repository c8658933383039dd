"""`manage.py token USERNAME --name NAME --scope SCOPE…`: makes an API token and shows it once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.accounts.models import User
from workflow.api.models import Scope, issue


class Command(BaseCommand):
    help = "Makes an API token of a person; it is shown once and kept only as a digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--name", required=True, help="what uses it, e.g. cms")
        parser.add_argument("--scope", dest="scopes", action="append", choices=Scope.values, required=True)
        parser.add_argument("--days", type=int, help="days until it expires")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is nobody called “{options['username']}”.")
        _token, secret = issue(person, options["name"], options["scopes"], days=options["days"])
        self.stdout.write(secret)
