"""Addresses end with a slash; a request without one is sent on as it is, body and all."""

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class PermanentRedirect(HttpResponsePermanentRedirect):
    """308: after Django's usual 301, clients turn a POST into a GET, which seems to succeed."""

    status_code = 308


class SlashMiddleware(CommonMiddleware):
    response_redirect_class = PermanentRedirect
