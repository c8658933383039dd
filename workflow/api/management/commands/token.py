"""`manage.py token make|list|revoke …`: the API tokens of people, by whoever administers the machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workflow.accounts.models import User
from workflow.api.models import Scope, Token, issue


class Command(BaseCommand):
    help = "Makes, lists and revokes API tokens. A token is shown once and kept only as a digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        make = steps.add_parser("make", help="make a token of a person")
        make.add_argument("username", metavar="USERNAME")
        make.add_argument("--name", required=True, help="what uses it, e.g. cms")
        make.add_argument("--scope", dest="scopes", action="append", choices=Scope.values, required=True)
        make.add_argument("--days", type=int, help="days until it expires")
        listing = steps.add_parser("list", help="list the tokens, the newest first")
        listing.add_argument("username", metavar="USERNAME", nargs="?", help="only this person's")
        listing.add_argument("--all", action="store_true", help="also those that open nothing any more")
        revoke = steps.add_parser("revoke", help="let tokens open nothing from now on")
        revoke.add_argument("numbers", metavar="NUMBER", type=int, nargs="+", help="from the list")

    def handle(self, *args: Any, **options: Any) -> None:
        {"make": self._make, "list": self._list, "revoke": self._revoke}[options["step"]](options)

    def _make(self, options: dict[str, Any]) -> None:
        _token, secret = issue(
            _person(options["username"]), options["name"], options["scopes"], days=options["days"]
        )
        self.stdout.write(secret)

    def _list(self, options: dict[str, Any]) -> None:
        tokens = Token.objects.select_related("user")
        if options["username"]:
            tokens = tokens.filter(user=_person(options["username"]))
        for token in tokens:
            if token.valid or options["all"]:
                used = f"{token.last_used_at:%Y-%m-%d}" if token.last_used_at else "never used"
                self.stdout.write(
                    f"{token.pk}  {token.user.username}  {token.name}  {','.join(token.scopes)}  "
                    f"{used}  {token.standing}"
                )

    def _revoke(self, options: dict[str, Any]) -> None:
        tokens = Token.objects.filter(pk__in=options["numbers"])
        missing = set(options["numbers"]) - set(tokens.values_list("pk", flat=True))
        if missing:
            raise CommandError(f"There is no token {min(missing)}; nothing is revoked.")
        tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


def _person(username: str) -> User:
    person = User.objects.filter(username=username).first()
    if person is None or not person.is_active:
        raise CommandError(f"There is nobody called “{username}”.")
    return person
