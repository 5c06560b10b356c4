"""Where published files are kept, from one address: a folder, or a bucket that speaks S3."""

import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

# What of django-storages' S3 options an address may say; the rest is for the environment (AWS_…).
_OPTIONS = frozenset({"endpoint_url", "region_name", "addressing_style"})


def release_storage(address: str) -> dict[str, Any]:
    """The entry `releases` of STORAGES; nothing where the address is empty.

    `file:///var/lib/halfhour/releases`, or
    `s3://bucket/prefix?endpoint_url=https://…&region_name=…`: the key is in AWS_ACCESS_KEY_ID and
    AWS_SECRET_ACCESS_KEY, or what else the AWS SDK finds. Another address ends the start.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        return {"releases": _folder(Path(unquote(parts.path)))}
    if parts.scheme == "s3" and parts.netloc:
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := set(options) - _OPTIONS:
            _refuse(f"knows no option {', '.join(sorted(unknown))}")
        return {"releases": _bucket(parts.netloc, parts.path.strip("/"), options)}
    return _refuse("is file:///folder or s3://bucket/prefix")


def _folder(path: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": path, "file_permissions_mode": 0o640},
    }


def _bucket(bucket: str, prefix: str, options: dict[str, str]) -> dict[str, Any]:
    """Names are given once and bytes are compressed already: the client need not look or squeeze.

    A bucket that does not answer is known as away in some 10 seconds, not in minutes.
    """
    try:
        from botocore.config import Config
    except ImportError:
        _refuse("with s3:// wants the extra: uv sync --extra s3")

    style = {"addressing_style": options.pop("addressing_style", "auto")}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": prefix,
            "default_acl": None,
            "file_overwrite": True,
            "gzip": False,
            "client_config": Config(
                s3=style, connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2},
                signature_version="s3v4", max_pool_connections=32,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            **options,
        },
    }  # fmt: skip


def _refuse(why: str) -> NoReturn:
    sys.exit(f"halfhour: setting BUILDER_RELEASE_STORAGE {why} (see docs/operations.md)")
