"""The ordinary view as a WSGI application, spared the platform's middleware."""

import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


def _compose() -> "WSGIHandler":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    settings.ROOT_URLCONF = "benchmarks.ordinary_view"
    return WSGIHandler()


application = _compose()
