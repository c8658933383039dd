"""Registers the API with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "workflow.api"
    default_auto_field = "django.db.models.BigAutoField"
