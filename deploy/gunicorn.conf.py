"""The web server's settings, from the environment: BIND or PORT, WEB_WORKERS, WEB_THREADS."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
accesslog = None
errorlog = "-"
control_socket_disable = True
