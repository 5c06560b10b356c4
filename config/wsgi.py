"""The office: the API and the console, as a WSGI application."""

import os

# Before settings load: the office connects as the login that sees no tenant's row.
os.environ["HALFHOUR_DOOR"] = "office"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
