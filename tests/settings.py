"""The product's settings with what a test wants otherwise: quick hashes, plain static files, a folder of its own."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a secret that only tests know")
os.environ["DEMO"] = ""

from safeguarding.settings import *  # noqa: F403  # the environment above must stand first
from safeguarding.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "lessons.teaching.hashers.PupilSecretHasher"]
STORAGES = {
    **STORAGES,
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="documents-")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = tempfile.mkdtemp(prefix="media-")

# The browser tests' server answers in threads of its own, whose connections would outlive the test's database.
DATABASES["default"]["CONN_MAX_AGE"] = 0

# The browser tests' server reads static files where they are written.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# One test's pages are not another's; those of `tests/core/test_kept_pages.py` ask for them.
PAGES_ARE_KEPT = False
