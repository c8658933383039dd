"""Registers the demo newsroom with Django, for its management commands."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "workflow.demo"
