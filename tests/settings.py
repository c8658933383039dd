"""The product's settings, with everything that changes in a folder of this test run."""

import os
import tempfile

os.environ.setdefault("DESK_VAR", tempfile.mkdtemp(prefix="desk-tests-"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Whether a machine has dictionaries must not change what the tests find.
os.environ["SPELLING_DIR"] = os.devnull

from workflow.settings import *  # noqa: F403

# Slow on purpose in production; here people sign in a thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
