"""The demonstration's workspace and people, made as an operator would."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from accounts import people
from accounts.keys import hash_key, issue_key
from accounts.models import ApiKey, Membership, Role, User, Workspace

OWNER = "owner@demo.halfhour.example"
STAFF = "staff@demo.halfhour.example"
SLUG = "demo"


@dataclass(frozen=True, kw_only=True)
class People:
    """`passwords` by e-mail, of those just made: they are shown once and kept nowhere."""

    workspace: Workspace
    owner: User
    token: str
    passwords: dict[str, str]


@dataclass
class _Kept:
    token: str


def make() -> People:
    """The demo workspace with its owner and staff user; what exists already is left as it is."""
    workspace, _made = Workspace.objects.get_or_create(
        slug=SLUG, defaults={"name": "Halfhour demo", "subscription_tier": "enterprise"}
    )
    passwords: dict[str, str] = {}
    owner = _person(OWNER, "Noura", "Al-Otaibi", passwords)
    staff = _person(STAFF, "Faisal", "Al-Qahtani", passwords)
    Membership.objects.get_or_create(workspace=workspace, user=owner, defaults={"role": Role.OWNER})
    Membership.objects.get_or_create(workspace=workspace, user=staff, defaults={"role": Role.ADMIN})
    token = _token(workspace, owner)
    return People(workspace=workspace, owner=owner, token=token, passwords=passwords)


def remove() -> None:
    """Delete the demo workspace with all that is in it, and its people."""
    Workspace.objects.filter(slug=SLUG).delete()
    User.with_deleted.filter(email__in=[OWNER, STAFF]).delete()
    _file().unlink(missing_ok=True)


def _person(email: str, first: str, last: str, passwords: dict[str, str]) -> User:
    user: User | None = User.objects.filter(email=email).first()
    if user is None:
        user, passwords[email] = people.make(
            email=email, first_name=first, last_name=last, is_staff=True
        )
    return user


def _token(workspace: Workspace, owner: User) -> str:
    """The owner's personal token of an earlier run, if it still works, or a new one."""
    path = _file()
    if path.exists():
        kept = _Kept(**json.loads(path.read_text()))
        if ApiKey.objects.live().filter(hashed_key=hash_key(kept.token)).exists():
            return kept.token
    _key, token = issue_key(workspace=workspace, kind="personal", name="demo", user=owner)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(_Kept(token=token))))
    return token


def _file() -> Path:
    folder: Path = settings.VAR_DIR
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "demo.json"
