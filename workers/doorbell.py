"""The doorbell: tells the workers that there is something to do, by the name of a task and its ids.

Rung after the transaction commits. If nobody hears it (the broker is down), nothing is lost: the work
is in the database and the sweep rings again.
"""

import structlog
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from .app import app

log = structlog.get_logger(__name__)


def ring(task: str, *ids: int) -> None:
    """Sends `task` with `ids` once the current transaction has committed."""
    transaction.on_commit(lambda: send(task, *ids))


def send(task: str, *ids: int, expires: float | None = None) -> bool:
    """Sends `task` now, to be dropped after `expires` seconds; False when the broker does not take it.

    Each ring opens a connection of its own: it declares the queue anew, so an emptied or restarted broker
    is no special case, and a pool's broken connection cannot swallow a ring.
    """
    try:
        with app.connection_for_write() as connection:
            app.send_task(task, args=ids, expires=expires, connection=connection, retry=False)
    except (KombuError, RedisError, OSError) as error:
        log.warning("doorbell_unheard", task=task, ids=ids, error=str(error))
        return False
    return True
