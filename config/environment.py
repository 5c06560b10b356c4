"""Every setting that an operator can make, read once from the environment (and `.env`)."""

import base64
import contextlib
import ipaddress
import os
import secrets
import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """One field a setting; docs/operations.md lists the same names."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", case_sensitive=False)

    database_url: str = Field(
        default="",
        pattern=r"^(postgres(ql)?://.+)?$",
        description="PostgreSQL 18 with pgvector, as the owner of the tables: migrations and jobs. "
        "Empty: an embedded server under VAR_DIR.",
    )
    web_database_url: str = Field(
        default="",
        pattern=r"^(postgres(ql)?://.+)?$",
        description="The same database as the login `halfhour_web`, which sees no tenant's row: "
        "the edge and the office. Needed where DATABASE_URL is set.",
    )
    redis_url: str = Field(
        default="",
        pattern=r"^((redis|rediss|valkey|valkeys|unix)://.+)?$",
        description="Valkey or Redis: cache, rate limits, Celery's broker. "
        "Empty: an embedded server under VAR_DIR.",
    )
    var_dir: Path = Field(
        default=ROOT / "var",
        description="Where embedded servers, the mailbox folder and the generated secret live.",
    )
    secret_key: str = Field(
        default="",
        description="Signs sessions and links; at least 50 characters. "
        "Empty: one is generated once and kept in VAR_DIR (not for production).",
    )
    privacy_key: str = Field(
        default="",
        description="Signs receipts of erasures and makes the digests by which an erased person's "
        "names are told again; at least 32 characters, never changed. Empty: derived from "
        "SECRET_KEY.",
    )
    debug: bool = Field(default=False, description="Error pages that show code. Never in public.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=["localhost", "127.0.0.1", "[::1]"],
        description="Hosts that the office answers to, as JSON or separated by commas.",
    )
    edge_port: int = Field(default=8000, ge=1, le=65535, description="Port of the public door.")
    office_port: int = Field(
        default=8001, ge=1, le=65535, description="Port of the console and the API."
    )
    bind: str = Field(default="127.0.0.1", description="Address that both doors listen on.")
    sites_domain: str = Field(
        default="localhost",
        pattern=r"^[a-z0-9.-]+$",
        description="A site's host is <label>.<SITES_DOMAIN>; production keeps it apart from the "
        "console's host.",
    )
    public_sites_url: str = Field(
        default="",
        pattern=r"^(https?://[^/]+)?$",
        description="Scheme, host and port of the edge as visitors reach it. "
        "Empty: http://localhost:<EDGE_PORT>.",
    )
    public_office_url: str = Field(
        default="",
        pattern=r"^(https?://[^/]+)?$",
        description="Scheme, host and port of the office as staff reach it. "
        "Empty: http://localhost:<OFFICE_PORT>.",
    )
    builder_release_storage: str = Field(
        default="",
        pattern=r"^((file:///|s3://[^/?]).+)?$",
        description="Where published files are kept: file:///folder, or "
        "s3://bucket/prefix?endpoint_url=…&region_name=… (the extra `s3`; keys in "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY). Empty: in the database.",
    )
    behind_https: bool = Field(
        default=False,
        description="A TLS proxy stands in front and sets X-Forwarded-Proto: "
        "secure cookies, HSTS and redirects to https.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many proxies in front append to X-Forwarded-For; 0 ignores the header.",
    )
    sites_addresses: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="The edge's public IP addresses, separated by commas: what the console tells "
        "customers whose domain can have no CNAME to put into their A and AAAA records.",
    )
    dns_servers: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="Name servers that customers' domains are looked up at, as address or "
        "address:port, separated by commas. Empty: the system's.",
    )
    tls_ask_secret: str = Field(
        default="",
        pattern=r"^([A-Za-z0-9_-]{16,})?$",
        description="Lets a TLS proxy on another host ask at /_hh/tls/<secret> which hosts are "
        "ours; 16 or more letters, digits, - and _. Empty: over loopback only.",
    )
    email_url: str = Field(
        default="",
        pattern=r"^(smtps?(\+tls)?://.+|file://.+|console:)?$",
        description="smtp://user:password@host:port, smtp+tls:// (STARTTLS), smtps://, file:///dir "
        "or console:. Empty: files in VAR_DIR/mailbox.",
    )
    default_from_email: str = Field(
        default="Halfhour <hello@localhost>", description="Sender of the platform's mails."
    )
    webhook_allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="host:port pairs that webhooks may reach although their address is private.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least severe event that is logged."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="`json` for machines, one event a line."
    )
    requests_per_minute: int = Field(
        default=600,
        ge=1,
        description="API requests a minute of a workspace on the free tier; pro has ten times, "
        "enterprise a hundred times as many.",
    )
    events_per_minute: int = Field(
        default=60000, ge=1, description="Events a minute that one ingest key may send."
    )
    forms_per_minute: int = Field(
        default=300,
        ge=1,
        description="Forms a minute that one address may send to one site.",
    )
    version_window_seconds: int = Field(
        default=600,
        ge=0,
        le=86_400,
        description="Saves of one person without a message within so many seconds are one minor "
        "version of a document. 0: each is one.",
    )
    bin_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days that a deleted project stays in the bin before it is deleted for good.",
    )
    image_max_bytes: int = Field(
        default=20_000_000,
        ge=100_000,
        le=100_000_000,
        description="Bytes that an uploaded picture may have.",
    )
    quotas: dict[str, dict[str, Annotated[float, Field(ge=0)]]] = Field(
        default={},
        description="Other limits than the tiers' own, as JSON: "
        '{"free": {"projects": 3, "ai_cost": 2.5}}. Kinds: requests, events and ai_cost (US '
        "dollars) a month; seats and projects at a time.",
    )
    credential_keys: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="Fernet keys that encrypt stored credentials, the newest first, separated by "
        "commas; see `manage.py rotate_credentials`. Empty: derived from SECRET_KEY.",
    )
    staff_needs_mfa: bool | None = Field(
        default=None,
        description="The console refuses staff without a second factor. "
        "Empty: where BEHIND_HTTPS is set.",
    )
    pwned_passwords_url: str = Field(
        default="",
        pattern=r"^(https?://.+)?$",
        description="New passwords are looked up among stolen ones, by the first five characters "
        "of their hash: https://api.pwnedpasswords.com/range/. Empty: they are not.",
    )
    environment_label: str = Field(
        default="", max_length=20, description="Shown in the console's header, such as `staging`."
    )

    @field_validator(
        "allowed_hosts", "webhook_allowed_hosts", "credential_keys", "sites_addresses",
        "dns_servers", mode="before",
    )  # fmt: skip
    @classmethod
    def _split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("staff_needs_mfa", mode="before")
    @classmethod
    def _nothing_said(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("var_dir")
    @classmethod
    def _below_the_project(cls, value: Path) -> Path:
        """A relative folder means the same to every process, wherever it was started."""
        return ROOT / value

    @field_validator("sites_addresses")
    @classmethod
    def _ip_addresses(cls, value: list[str]) -> list[str]:
        return [str(ipaddress.ip_address(each)) for each in value]

    @field_validator("dns_servers")
    @classmethod
    def _name_servers(cls, value: list[str]) -> list[str]:
        for each in value:
            address, _colon, port = each.rpartition(":") if each.count(":") == 1 else (each, "", "")
            ipaddress.ip_address(address)
            if port and not port.isdigit():
                raise ValueError("a name server is an address or address:port")
        return value

    @field_validator("privacy_key")
    @classmethod
    def _long_enough_for_digests(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 50:
            raise ValueError("must have at least 50 characters")
        return value

    @field_validator("credential_keys")
    @classmethod
    def _fernet_keys(cls, value: list[str]) -> list[str]:
        for key in value:
            try:
                known = len(base64.urlsafe_b64decode(key)) == 32
            except ValueError:
                known = False
            if not known:
                raise ValueError("each must be 32 bytes as URL-safe base64")
        return value

    def secret(self) -> str:
        """The signing secret: SECRET_KEY, or one generated once and kept in VAR_DIR (0600)."""
        if self.secret_key:
            return self.secret_key
        path = self.var_dir / "secret_key"
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Write a private file whole or not at all; the first of several writers wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def read() -> Environment:
    """Read the environment; a wrong value ends the process with one line that names it."""
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "environment"
        text = first["msg"].removeprefix("Value error, ")
        sys.exit(f"halfhour: setting {name} is wrong: {text} (see docs/operations.md)")
