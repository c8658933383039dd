"""`manage.py publish ID --locale ar --as USER`: publishes one locale of an article, now or at a set time."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.transitions import IllegalTransition
from workflow.publishing.publish import NotPublishable, Presentation, publish
from workflow.publishing.schedule import schedule


class Command(BaseCommand):
    help = "Publishes an approved translation (or the English source) of an article."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--locale", required=True)
        parser.add_argument("--as", dest="user", required=True, help="user name of the editor")
        parser.add_argument("--slug", help="address; default: the last one's, or made from the title")
        parser.add_argument("--summary", help="default: the last edition's; an empty one takes it away")
        parser.add_argument("--social-title", help="the same")
        parser.add_argument("--correction", help="notice shown above the text; the same")
        parser.add_argument("--at", type=_moment, help="embargo, such as 2026-11-25T18:00 (newsroom time)")

    def handle(self, *args: Any, **options: Any) -> None:
        presentation = Presentation(
            options["slug"], options["summary"], options["social_title"], options["correction"]
        )
        try:
            article = Article.objects.get(pk=options["id"])
            editor = User.objects.get(username=options["user"])
            if options["at"]:
                planned = schedule(article, options["locale"], options["at"], editor, presentation)
                self.stdout.write(f"Scheduled for {timezone.localtime(planned.due_at):%Y-%m-%d %H:%M %Z}")
                return
            edition = publish(article, options["locale"], editor, presentation)
        except Article.DoesNotExist as error:
            raise CommandError(f"There is no article {options['id']}.") from error
        except User.DoesNotExist as error:
            raise CommandError(f"There is nobody called “{options['user']}”.") from error
        except (NotPublishable, IllegalTransition, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Published: /{edition.locale}/{edition.slug}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else timezone.make_aware(moment)
