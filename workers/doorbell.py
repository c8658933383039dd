"""The doorbell: tells the workers that there is something to do, by the name of a task and its ids.

Rung after the transaction commits. If nobody hears it (the broker is down), nothing is lost: the work
is in the database and the sweep rings again.
"""

import structlog
from django.db import transaction
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from .app import app

log = structlog.get_logger(__name__)


def ring(task: str, *ids: int) -> None:
    """Sends `task` with `ids` once the current transaction has committed."""
    transaction.on_commit(lambda: send(task, *ids))


def send(task: str, *ids: int, expires: float | None = None) -> bool:
    """Sends `task` now, to be dropped after `expires` seconds; False when the broker does not take it."""
    try:
        app.send_task(task, args=ids, retry=False, expires=expires)
    except (KombuError, OperationalError, RedisError, OSError) as error:
        # After FLUSHALL the queue's bindings are gone and this connection believes they are there:
        # forget it, so that the next ring declares them anew.
        app.amqp.producer_pool.force_close_all()
        app.pool.force_close_all()
        app.amqp._producer_pool = None
        log.warning("doorbell_unheard", task=task, ids=ids, error=str(error))
        return False
    return True
