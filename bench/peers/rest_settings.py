"""Django's settings for the peer in ``rest``; its database is told by the environment."""

import os
import uuid
from urllib.parse import urlsplit

_at = urlsplit(os.environ["DATABASE_URL"])
ROOT_URLCONF = "bench.peers.rest"
ALLOWED_HOSTS = ["127.0.0.1"]
SECRET_KEY = uuid.uuid4().hex
USE_TZ = True
INSTALLED_APPS = ["rest_framework"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]  # It tells the length of an answer.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": _at.path[1:], "USER": _at.username, "PASSWORD": _at.password,
        "HOST": _at.hostname, "PORT": _at.port, "CONN_MAX_AGE": None,
    }
}  # fmt: skip
