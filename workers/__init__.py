"""The background side: the Celery application, the embedded broker and the engines (nmt/)."""
