"""`manage.py catalogues update|compile|check`: the interface's translations, without GNU gettext."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow.accounts.catalogues import PLURALS, catalogue_path, compile_all, untranslated, update


class Command(BaseCommand):
    help = (
        "Collects the interface's strings into locales/, compiles the catalogues, or checks they are whole."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("update", "compile", "check"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "compile":
            compile_all()
            return
        missing = 0
        for locale in PLURALS:
            catalogue = update(settings.ROOT, locale)
            left = untranslated(catalogue)
            missing += len(left)
            self.stdout.write(f"{locale}: {len(catalogue)} strings, {len(left)} to translate")
            if options["action"] == "update":
                path = catalogue_path(locale)
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(path))
        if options["action"] == "check" and missing:
            raise CommandError(f"{missing} strings have no translation; see `manage.py catalogues update`.")
