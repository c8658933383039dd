"""The Celery application. Its settings are Django's, names beginning with CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow.settings")

app = Celery("desk", include=["tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
