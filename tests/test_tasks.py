"""The tasks: every name that is rung exists, every rung task is routed, and beat rings only tasks that exist."""

import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from workers.app import app

app.loader.import_default_modules()
ROOT = Path(__file__).parents[1]


def test_every_task_that_is_rung_exists() -> None:
    rung = set()
    for folder in ("workflow", "glossaries", "workers"):
        for path in (ROOT / folder).rglob("*.py"):
            rung |= set(re.findall(r'(?:ring|send)\(\s*"(tasks\.\w+)"', path.read_text()))
    assert rung
    assert rung <= set(app.tasks)


def test_the_schedule_and_the_routes_name_tasks_that_exist() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled | set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)


def test_tasks_carry_ids_only() -> None:
    own = [task for name, task in app.tasks.items() if name.startswith("tasks.")]
    assert own
    for task in own:
        annotations = {name: kind for name, kind in task.run.__annotations__.items() if name != "return"}
        assert set(annotations.values()) <= {int}, task.name


def test_the_web_side_loads_no_engine() -> None:
    code = (
        "import sys, workflow.wsgi; from django.urls import get_resolver; get_resolver().url_patterns; "
        "sys.exit(any(name in sys.modules for name in ('transformers', 'ctranslate2', 'torch')))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
