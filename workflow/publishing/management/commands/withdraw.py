"""`manage.py withdraw ID --locale ar --as USER --reason WHY`: takes a live edition off the site."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from workflow.accounts.models import User
from workflow.publishing.models import Edition
from workflow.publishing.publish import NotPublishable, withdraw


class Command(BaseCommand):
    help = "Takes the live edition of an article in one locale off the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--locale", required=True)
        parser.add_argument("--as", dest="user", required=True, help="user name of the editor")
        parser.add_argument("--reason", required=True, help="kept with the edition; readers do not see it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editor = User.objects.get(username=options["user"])
            edition = Edition.objects.live().get(article=options["id"], locale=options["locale"])
            withdraw(edition, editor, options["reason"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is nobody called “{options['user']}”.") from error
        except Edition.DoesNotExist as error:
            raise CommandError(f"Article {options['id']} is not live in “{options['locale']}”.") from error
        except (NotPublishable, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Withdrawn: /{edition.locale}/{edition.slug}")
