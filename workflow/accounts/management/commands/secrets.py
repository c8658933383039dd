"""`manage.py secrets check|reseal`: whether the stored secrets can be opened; and sealing them with the newest key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.sealing import WrongKey, sealed_values


class Command(BaseCommand):
    help = "Check that stored secrets can be opened, or seal them anew with the first of SEALING_KEYS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check", "reseal"])

    def handle(self, *args: Any, **options: Any) -> None:
        done, closed = 0, []
        for row, name in sealed_values():
            try:
                secret = getattr(row, name)
            except WrongKey as error:
                closed.append(f"{row._meta.verbose_name} {row.pk} ({row}): {error}")
                continue
            if options["action"] == "reseal":
                # Only where nobody has entered another secret meanwhile.
                type(row)._default_manager.filter(**{"pk": row.pk, name: row.__dict__[name]}).update(
                    **{name: secret}
                )
            done += 1
        self.stdout.write(f"{done} secrets {'sealed anew' if options['action'] == 'reseal' else 'open'}.")
        if closed:
            raise CommandError("\n".join(closed))
