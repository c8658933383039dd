"""Registers the background side with Django, for its management commands."""

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "workers"
