"""`manage.py setup`: everything between an installed program and one that can start; safe to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Migrates the database, compiles the catalogues, collects static files, loads the shipped glossaries."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("catalogues", "compile", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("terms", "import", "--shipped", verbosity=0)
