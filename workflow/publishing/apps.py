"""Registers the publishing room with Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "workflow.publishing"
    default_auto_field = "django.db.models.BigAutoField"
