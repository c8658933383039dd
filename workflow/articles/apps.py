"""Registers the articles room with Django."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "workflow.articles"
    default_auto_field = "django.db.models.BigAutoField"
