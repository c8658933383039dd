"""Registers the drafting room with Django."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "workflow.drafting"
    default_auto_field = "django.db.models.BigAutoField"
