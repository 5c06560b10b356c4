"""What `manage.py check --deploy` asks of a real installation, beyond Django's own questions."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


@register(Tags.security, deploy=True)
def own_services(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if not settings.EMBEDDED_SERVICES:
        return []
    return [
        checks.Warning(
            "The embedded PostgreSQL and Valkey are in use.",
            hint="Set DATABASE_URL, WEB_DATABASE_URL and REDIS_URL (docs/operations.md).",
            id="halfhour.W001",
        )
    ]


@register(Tags.security, deploy=True)
def own_secret(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if settings.OWN_SECRET_KEY:
        return []
    return [
        checks.Warning(
            "SECRET_KEY is not set; the one that was generated lies in VAR_DIR.",
            hint="Set SECRET_KEY, the same on every host.",
            id="halfhour.W002",
        )
    ]


@register(Tags.security, deploy=True)
def hosts_apart(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """A customer's page on the console's host could read the console's cookies."""
    office = urlsplit(settings.PUBLIC_OFFICE_URL).hostname or ""
    domain: str = settings.SITES_DOMAIN
    if office != domain and not office.endswith(f".{domain}"):
        return []
    return [
        checks.Warning(
            f"The console ({office}) shares a host with customers' sites (*.{domain}).",
            hint="Give sites a domain of their own: SITES_DOMAIN and PUBLIC_SITES_URL.",
            id="halfhour.W003",
        )
    ]


@register(Tags.security, deploy=True)
def own_credential_keys(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if settings.CREDENTIAL_KEYS:
        return []
    return [
        checks.Warning(
            "CREDENTIAL_KEYS is not set; stored credentials are lost when SECRET_KEY changes.",
            hint="Set a Fernet key of its own, then run `manage.py rotate_credentials`.",
            id="halfhour.W004",
        )
    ]


@register(Tags.security, deploy=True)
def second_factor_of_staff(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if settings.STAFF_NEEDS_MFA:
        return []
    return [
        checks.Warning(
            "Staff enter the console with a password alone.",
            hint="Set STAFF_NEEDS_MFA=true; each is shown how to set a second factor up.",
            id="halfhour.W005",
        )
    ]
