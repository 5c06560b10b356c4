"""The office with the baseline's view beside its own addresses."""

import os

os.environ["HALFHOUR_DOOR"] = "office"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF = "benchmarks.api_list_view"

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - wants the setting above

application = WSGIHandler()
