"""`manage.py publish ID --locale ar --as USER`: publishes one locale of an article."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing.publish import NotPublishable, publish


class Command(BaseCommand):
    help = "Publishes an approved translation (or the English source) of an article."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--locale", required=True)
        parser.add_argument("--as", dest="user", required=True, help="user name of the editor")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            article = Article.objects.get(pk=options["id"])
            editor = User.objects.get(username=options["user"])
            edition = publish(article, options["locale"], editor)
        except Article.DoesNotExist as error:
            raise CommandError(f"There is no article {options['id']}.") from error
        except User.DoesNotExist as error:
            raise CommandError(f"There is nobody called “{options['user']}”.") from error
        except (NotPublishable, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Published: /{edition.locale}/{edition.slug}")
