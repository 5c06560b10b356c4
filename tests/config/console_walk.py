"""A person's way through every page of the console, and what they must not see on it."""

import datetime as dt
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, transaction
from django.db.models import (
    DateField,
    DateTimeField,
    GeneratedField,
    IntegerField,
    UUIDField,
)
from django.forms import SplitDateTimeField
from django.test import Client
from django.urls import reverse

from accounts.admin.transitions import PREFIX, StatusActions
from accounts.models import User, uuid7
from tests.examples import EXAMPLES, Scene
from tests.factories import MembershipFactory, UserFactory

OURS = (
    "accounts", "builder", "journeys", "personalization", "experiments", "conversations",
    "analytics", "config",
)  # fmt: skip
ROLES = ("owner", "admin", "editor", "analyst", "viewer")
KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
GONE = "0199a000-0000-7000-8000-000000000000"


def pages() -> dict[str, Any]:
    """The console's pages by their model's label."""
    found = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    return dict(sorted(found.items()))


def address(page: Any, name: str, *args: Any) -> str:
    meta = page.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


def new_scene() -> Scene:
    """A workspace with an owner and one of everything."""
    owner = MembershipFactory(role="owner")
    scene = Scene(workspace=owner.workspace, user=owner.user)
    scene.everything()
    return scene


def sign_in(scene: Scene, role: str) -> Client:
    """A member of staff in that role of the scene's workspace, or a superuser."""
    if role == "superuser":
        person = User.objects.create_superuser(f"root-{scene.workspace.slug}@example.com", "x")
    else:
        person = MembershipFactory(
            workspace=scene.workspace, role=role, user=UserFactory(is_staff=True)
        ).user
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def own_keys(scene: Scene) -> set[str]:
    """The keys of the rows that are the workspace's or its owner's own."""
    found = {str(scene.workspace.pk)}
    for model in EXAMPLES:
        row = scene.one(model)
        names = {column.name for column in model._meta.concrete_fields}
        of_workspace = "workspace" in names and row.workspace_id == scene.workspace.pk
        of_user = "workspace" not in names and getattr(row, "user_id", None) == scene.user.pk
        if (of_workspace or of_user) and KEYS.fullmatch(str(row.pk)):
            found.add(str(row.pk))
    return found


@dataclass
class Walk:
    """Pages opened one after the other; what went wrong is gathered in `faults`."""

    client: Client
    hidden: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def open(self, url: str, *, data: Any = None, post: bool = False, expect: Any = (200,)) -> Any:
        """Open the page; `expect` are the statuses that are right."""
        # What one has asked for is named in the message that it is not there.
        self.asked |= set(KEYS.findall(url))
        answer = self.client.post(url, data) if post else self.client.get(url, data)
        if answer.status_code not in expect:
            self.faults.append(
                f"{'POST' if post else 'GET'} {url} {data or ''}: {answer.status_code}"
            )
            return answer
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.body = body.decode()
        seen = self.hidden & set(KEYS.findall(answer.body))
        if seen - self.asked:
            self.faults.append(f"{url} shows a stranger's {seen - self.asked}")
        return answer

    def lists(self, page: Any, *, closed: bool, thorough: bool) -> str:
        """The list and its export; if thorough, searched and filtered too. Returns the list."""
        url = address(page, "changelist")
        expect = (403,) if closed else (200,)
        everything = {"period": "all"} if getattr(page, "big", False) else None
        listed = self.open(url, data=everything, expect=expect)
        self.open(address(page, "export"), data=everything, expect=expect)
        if closed or listed.status_code != 200:
            return ""
        if thorough:
            changelist = listed.context_data["cl"]
            for words in ("a", "x%' or") if changelist.search_fields else ():
                self.open(url, data={"q": words})
            for query in filter_queries(changelist):
                self.open(url + query)
        return str(listed.body)

    def record(self, page: Any, key: Any, *, closed: bool, thorough: bool) -> None:
        """A record's page; if thorough its history, the question before it goes, its moves."""
        refused = (302, 403) if closed else (200,)
        self.open(address(page, "change", key), expect=refused)
        if not thorough:
            return
        # Who may see a record may not always remove it.
        self.open(address(page, "delete", key), expect=(*refused, 403))
        self.open(address(page, "history", key), expect=refused)
        if isinstance(page, StatusActions):
            expect = (404, 403) if closed else (200, 403)
            for status in page.reachable():
                self.open(address(page, "become", key, status), expect=expect)

    def actions(self, page: Any, key: Any, request: Any) -> None:
        """Each action's question, or what it streams; none is answered."""
        for name in page.get_actions(request):
            chosen = {"action": name, ACTION_CHECKBOX_NAME: [str(key)]}
            expect = (200,) if name.startswith(PREFIX) else (200, 302)
            self.open(address(page, "changelist"), data=chosen, post=True, expect=expect)


def filter_queries(changelist: Any) -> list[str]:
    """For each filter of a list the query of its first choice."""
    found = []
    for spec in changelist.filter_specs:
        choices = [choice for choice in spec.choices(changelist) if choice]
        links = [choice for choice in choices if "query_string" in choice]
        others = [choice for choice in links if not choice.get("selected")]
        if others:
            found.append(others[0]["query_string"])
        forms = [choice["form"] for choice in choices if "form" in choice]
        found += ["?" + urlencode(entered(form)) for form in forms]
    return found


def entered(form: Any) -> list[tuple[str, str]]:
    """What somebody enters into a filter's form."""
    filled = []
    for name, column in form.fields.items():
        options = [
            value for value, _label in getattr(column, "choices", ()) if value not in ("", None)
        ]
        if options:
            filled.append((name, str(options[0])))
        elif "date" in type(column).__name__.lower():
            today = dt.datetime.now(tz=dt.UTC).date().isoformat()
            split = isinstance(column, SplitDateTimeField)
            filled.append((f"{name}_0" if split else name, today))
        else:
            filled.append((name, ""))
    return filled


def clone(record: Any, many: int) -> None:
    """Put copies of the record beside it, alike but in what must be unique, as many as go in."""
    nulled = {
        column.column: None
        for column in record._meta.concrete_fields
        if column.is_relation and column.null
    }
    for number in range(1, many):
        other = different(record, number)
        # What points at rows of its own first, then without.
        if not _copied(record, other):
            _copied(record, {**nulled, **other})


def _copied(record: Any, other: dict[str, Any]) -> bool:
    table, columns = record._meta.db_table, record._meta.concrete_fields
    names = ", ".join(f'"{c.column}"' for c in columns if not isinstance(c, GeneratedField))
    statement = f"""insert into {table} ({names}) select {names}
        from jsonb_populate_record(null::{table},
            (select to_jsonb(t) from {table} t where t.{record._meta.pk.column} = %s)
            || %s::jsonb)"""  # noqa: S608
    values = json.dumps(other, cls=DjangoJSONEncoder)
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [record.pk, values])
        return True
    return False


def different(record: Any, number: int) -> dict[str, Any]:
    """Other values for the columns that some uniqueness speaks of: of a day, if of one."""
    meta = record._meta.concrete_model._meta
    named = {name for rule in meta.constraints for name in getattr(rule, "fields", ())}
    unique = [c for c in meta.concrete_fields if c.unique or c.name in named]
    unique = [column for column in unique if column.name != "workspace" and not column.primary_key]
    days = [column for column in unique if isinstance(column, DateField)]
    found = {
        column.column: _other(column, getattr(record, column.attname), number, record)
        for column in days or unique
    }
    key = getattr(record, meta.pk.attname)
    return found | {
        meta.pk.column: uuid7() if isinstance(meta.pk, UUIDField) else key + 10_000 * number
    }


def _other(column: Any, value: Any, number: int, record: Any) -> Any:
    if column.is_relation and value is not None:
        return _another(column.related_model, value, number, record)
    if isinstance(column, UUIDField) and value is not None:
        return uuid7()
    if isinstance(column, DateField) and value is not None:
        step = dt.timedelta(hours=1) if isinstance(column, DateTimeField) else dt.timedelta(days=1)
        return value - number * step
    if isinstance(column, IntegerField) and value is not None:
        return value + number
    if isinstance(value, str) and not column.choices:
        start = "/" if value.startswith("/") else ""  # a path stays one
        return f"{start}{number}{value.removeprefix(start)}"[: column.max_length]
    return value


def _another(model: Any, key: Any, number: int, record: Any) -> Any:
    """The key of another row of the model, of the same workspace."""
    if model is User:
        return UserFactory().pk
    rows = model._base_manager.exclude(pk=key).order_by("pk")
    if hasattr(record, "workspace_id") and hasattr(model, "workspace"):
        rows = rows.filter(workspace=record.workspace_id)
    return rows.values_list("pk", flat=True)[number - 1 : number].first() or key
