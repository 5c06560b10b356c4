"""What must be known to reach the servers: ports and passwords, in VAR/embedded/services.json."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from config.embedded import ports
from config.embedded.account import own_like_parent
from config.embedded.faults import ServiceError

FILE_NAME = "services.json"


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Connections:
    """Addresses as the settings of the same names: tables' owner, web login, Valkey."""

    database_url: str
    web_database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Record:
    """Ports, kept for good unless a stranger takes one, and passwords made once."""

    postgres_port: int = field(default_factory=ports.choose)
    superuser_password: str = field(default_factory=_password)
    owner_password: str = field(default_factory=_password)
    web_password: str = field(default_factory=_password)
    # The logins, the extensions and the database exist with these passwords.
    prepared: bool = False
    valkey_port: int = field(default_factory=ports.choose)
    valkey_password: str = field(default_factory=_password)

    def connections(self) -> Connections:
        at = f"127.0.0.1:{self.postgres_port}/halfhour"
        return Connections(
            database_url=f"postgres://halfhour:{self.owner_password}@{at}",
            web_database_url=f"postgres://halfhour_web:{self.web_password}@{at}",
            redis_url=f"redis://:{self.valkey_password}@127.0.0.1:{self.valkey_port}",
        )


def read(root: Path) -> Record | None:
    """Read the record in VAR/embedded; None where there is none yet.

    Raises ServiceError where the file is not what `write` wrote.
    """
    path = root / FILE_NAME
    try:
        values = json.loads(path.read_bytes())
        return Record(**{each.name: values[each.name] for each in fields(Record)})
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceError(
            f"{path} is damaged: move it away and run the command again; "
            "new passwords are made and the data stay."
        ) from error


def write(root: Path, record: Record) -> None:
    """Replace the record, whole or not at all, readable by its owner only."""
    draft = root / f"{FILE_NAME}.new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(record), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    own_like_parent(draft)
    draft.replace(root / FILE_NAME)
