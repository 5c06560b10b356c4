"""What a role sees and may write of every table: read from the catalogue, tried in SQL."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import ProgrammingError, connection, transaction

from accounts.tenancy import tenant
from tests.examples import Scene

_TABLES = """
select c.relname,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id'
        and not a.attisdropped),
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id'
        and not a.attisdropped),
    has_table_privilege('halfhour_tenant', c.oid, 'select')
        or has_any_column_privilege('halfhour_tenant', c.oid, 'select')
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
and not c.relispartition and c.relrowsecurity order by c.relname
"""
COLUMNS = """
select column_name from information_schema.columns
where table_schema = 'public' and table_name = %s and is_generated = 'NEVER' order by 1
"""


@dataclass(frozen=True)
class Table:
    """A table with row security: whether its rows have a workspace, a user; open to tenants."""

    name: str
    has_workspace: bool
    has_user: bool
    readable: bool


def tables() -> list[Table]:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [Table(*row) for row in cursor.fetchall()]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def of_scene(table: Table, scene: Scene) -> tuple[str, str]:
    """A condition for the scene's rows of a table, and its parameter."""
    if table.has_workspace:
        return "workspace_id = %s", str(scene.workspace.pk)
    if table.has_user:
        return "user_id = %s", str(scene.user.pk)
    if table.name in ("accounts_workspace", "accounts_workspacehistory"):
        return "id = %s", str(scene.workspace.pk)
    return "id = %s", str(scene.user.pk)


def seen(table: Table, scene: Scene) -> int:
    """How many of the scene's rows the role in force sees."""
    where, value = of_scene(table, scene)
    return sql(f"select count(*) from {table.name} where {where}", value)[0][0]  # noqa: S608


def a_row(table: Table, scene: Scene) -> dict | None:
    """One of the scene's rows as the owner of the tables sees it, without what is generated."""
    where, value = of_scene(table, scene)
    found = sql(f"select to_jsonb(t) from {table.name} t where {where} limit 1", value)  # noqa: S608
    if not found:
        return None
    row = json.loads(found[0][0]) if isinstance(found[0][0], str) else found[0][0]
    columns = [name for (name,) in sql(COLUMNS, table.name)]
    return {name: row[name] for name in columns}


def attempts(table: Table, scene: Scene, row: dict) -> Iterator[str]:
    """Try to change, delete and add a row of the scene; yields what went through."""
    where, value = of_scene(table, scene)
    column = next(iter(set(row) & {"workspace_id", "user_id", "id"}))
    names = ", ".join(f'"{name}"' for name in row)
    insertion = (
        f"insert into {table.name} ({names}) "  # noqa: S608
        f"select {names} from jsonb_populate_record(null::{table.name}, %s)"
    )
    statements = {
        "updated": (f"update {table.name} set {column} = {column} where {where}", value),  # noqa: S608
        "deleted": (f"delete from {table.name} where {where}", value),  # noqa: S608
        "inserted": (insertion, json.dumps(row)),
    }
    for verb, (statement, parameter) in statements.items():
        try:
            with transaction.atomic():
                if sql(statement, parameter):
                    yield f"{verb} {table.name}"
                transaction.set_rollback(True)
        except ProgrammingError:  # insufficient privilege: refused by grant or by policy
            continue
        except Exception as error:  # noqa: BLE001 - any other rule comes after the policy
            yield f"{verb} {table.name} as far as {type(error).__name__}"


def acting(scene: Scene, *, user=None, role: str):
    person = user if user is not None else scene.user
    return tenant(workspace_id=scene.workspace.pk, user_id=person.pk, role=role)
