"""Registers the checks room with Django."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "workflow.checks"
    default_auto_field = "django.db.models.BigAutoField"
