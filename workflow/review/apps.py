"""Registers the review room with Django."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "workflow.review"
    default_auto_field = "django.db.models.BigAutoField"
