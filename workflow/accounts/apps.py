"""Registers the accounts room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "workflow.accounts"
    default_auto_field = "django.db.models.BigAutoField"
