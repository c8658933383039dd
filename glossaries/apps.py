"""Registers the termbase with Django."""

from django.apps import AppConfig


class GlossariesConfig(AppConfig):
    name = "glossaries"
    default_auto_field = "django.db.models.BigAutoField"
