"""Where mail goes: EMAIL_URL in Django's words."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def email_settings(url: str, *, mailbox: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings for an EMAIL_URL.

    `smtp://user:password@host:port`, `smtp+tls://` (STARTTLS), `smtps://` (TLS from the start),
    `file:///folder`, `console:`; empty writes each message as a file into `mailbox`.
    """
    parts = urlsplit(url)
    backend = "django.core.mail.backends."
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": backend + "console.EmailBackend"}
    if parts.scheme in ("", "file"):
        folder = parts.path or str(mailbox)
        return {"EMAIL_BACKEND": backend + "filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    return {
        "EMAIL_BACKEND": backend + "smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
