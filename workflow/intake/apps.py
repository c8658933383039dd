"""Registers the intake room with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "workflow.intake"
    default_auto_field = "django.db.models.BigAutoField"
