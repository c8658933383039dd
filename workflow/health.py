"""Is the product alive, and is it ready: for supervisors, load balancers and people with a browser."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from workers.broker import client_url
from workflow.drafting.queue import oldest_waiting_seconds


def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the web process answers."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer and no draft has waited too long; else 503 and what is wrong."""
    problems = {}
    waiting = None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = round(oldest_waiting_seconds())
        if waiting > settings.OLDEST_WAITING_SECONDS:
            problems["drafting"] = f"the oldest segment has waited {waiting} s; is the mt worker running?"
    except DatabaseError as error:
        problems["database"] = str(error)
    try:
        client = redis.Redis.from_url(client_url(settings.BROKER_URL), socket_timeout=2)
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy")
        if policy not in ("noeviction", None):
            problems["broker"] = f"its eviction policy is {policy}; set noeviction, or messages get lost"
    except redis.RedisError as error:
        problems["broker"] = str(error)
    body = {"status": "not ready" if problems else "ready", "problems": problems, "oldest_waiting": waiting}
    return JsonResponse(body, status=503 if problems else 200)
