"""Migration operations: row security, composite foreign keys, look-up functions."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from accounts.tenancy.scope import TENANT_ROLE, WEB_ROLE

IN_WORKSPACE = "workspace_id = (select app_workspace())"
SHARED_OR_IN_WORKSPACE = f"(workspace_id is null or {IN_WORKSPACE})"
EDITING = ("owner", "admin", "editor")


OWN = "user_id = (select app_user())"


def own_rows(*seers: str) -> str:
    """The condition for rows that are a user's own within a workspace.

    Those whose `app.role` is among `seers` see everybody's in the workspace.
    """
    return f"({IN_WORKSPACE} and ({OWN} or {_acts_as(seers)}))"


def own_rows_anywhere(*seers: str) -> str:
    """The condition for a user's rows that belong to no workspace.

    Those whose `app.role` is among `seers` see the rows of their workspace's members too.
    """
    return f"({OWN} or (user_id in (select my_colleagues()) and {_acts_as(seers)}))"


def _acts_as(roles: Sequence[str]) -> str:
    if not roles:
        return "false"
    named = ", ".join(f"'{role}'" for role in roles)
    return f"(select current_setting('app.role', true)) in ({named})"


class TableOperation(Operation, ABC):
    """SQL over one model's table, with its reverse; Django's state knows nothing of it."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.statements(to_state.apps, app_label))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.reverse_statements(from_state.apps, app_label))

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)

    @abstractmethod
    def statements(self, apps: Apps, app_label: str) -> list[str]: ...

    @abstractmethod
    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]: ...


class EnableRowSecurity(TableOperation):
    """Turn on row security for a model's table and open it to the tenant's role.

    `using` says which rows are seen (default: the workspace's; a shared table's also where the
    workspace is null), `check` which may be written (default: the workspace's), `writers` which
    values of `app.role` may write; a server's key writes where an editor may. An empty `writers`
    leaves the table read-only to tenants.
    """

    def __init__(
        self,
        model: str,
        writers: Sequence[str] = EDITING,
        using: str | None = None,
        check: str | None = None,
    ) -> None:
        super().__init__(model)
        self.writers, self.using, self.check = tuple(writers), using, check

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        model = apps.get_model(app_label, self.model)
        table = model._meta.db_table
        shared = model._meta.get_field("workspace").null if _is_tenant(model) else False
        using = self.using or (SHARED_OR_IN_WORKSPACE if shared else IN_WORKSPACE)
        check = self.check or IN_WORKSPACE
        statements = [
            f"alter table {table} enable row level security",
            f"create policy {table}_read on {table} for select to {TENANT_ROLE} using ({using})",
            f"grant select on {table} to {TENANT_ROLE}",
        ]
        if not self.writers:
            return statements
        roles = dict.fromkeys([*self.writers, *(["server"] if "editor" in self.writers else [])])
        policy = f"create policy {table}"
        allowed = ", ".join(f"'{role}'" for role in roles)
        write = f"({check}) and (select current_setting('app.role', true)) in ({allowed})"
        return [
            *statements,
            f"{policy}_add on {table} for insert to {TENANT_ROLE} with check ({write})",
            f"{policy}_change on {table} for update to {TENANT_ROLE} using ({write})",
            f"{policy}_remove on {table} for delete to {TENANT_ROLE} using ({write})",
            f"grant insert, update, delete on {table} to {TENANT_ROLE}",
            *_grant_sequence(model, table),
        ]

    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]:
        table = apps.get_model(app_label, self.model)._meta.db_table
        return [
            *(
                f"drop policy if exists {table}_{name} on {table}"
                for name in ("read", "add", "change", "remove")
            ),
            f"revoke all on {table} from {TENANT_ROLE}",
            f"alter table {table} disable row level security",
        ]

    def describe(self) -> str:
        return f"Enable row security on {self.model}"


class HideColumns(TableOperation):
    """Let tenants read a model's table but for some columns, such as a password's hash.

    The right to read is given column by column: a column added later must be granted, or the
    operation run again. The fields are `HiddenCharField` or `HiddenEncryptedTextField`.
    """

    def __init__(self, model: str, columns: Sequence[str]) -> None:
        super().__init__(model)
        self.columns = tuple(columns)

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        meta = apps.get_model(app_label, self.model)._meta
        names = [f.column for f in meta.local_concrete_fields if f.column not in self.columns]
        return [
            f"revoke select on {meta.db_table} from {TENANT_ROLE}",  # noqa: S608
            f"grant select ({', '.join(names)}) on {meta.db_table} to {TENANT_ROLE}",
        ]

    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]:
        table = apps.get_model(app_label, self.model)._meta.db_table
        return [
            f"revoke select on {table} from {TENANT_ROLE}",  # noqa: S608
            f"grant select on {table} to {TENANT_ROLE}",
        ]

    def describe(self) -> str:
        return f"Hide {', '.join(self.columns)} of {self.model} from tenants"


class TenantForeignKeys(TableOperation):
    """Make a model's keys to tenant tables composite, so that none leaves its workspace.

    A key to a shared table (workspace null: the platform's own) is held by a trigger instead.
    """

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        statements = []
        for table, field, parent in self._keys(apps, app_label):
            target = parent._meta.db_table
            name = f"{table}_{field.column}_workspace"
            if parent._meta.get_field("workspace").null:
                statements += _shared_key(name, table, field.column, target)
                continue
            statements += [
                f"""create unique index if not exists {target}_workspace_id_id
                on {target} (workspace_id, id)""",
                f"""alter table {table} add constraint {name} foreign key
                (workspace_id, {field.column}) references {target} (workspace_id, id)""",
            ]
        return statements

    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]:
        statements = []
        for table, field, parent in self._keys(apps, app_label):
            name = f"{table}_{field.column}_workspace"
            if parent._meta.get_field("workspace").null:
                statements += [
                    f"drop trigger if exists {name} on {table}",
                    f"drop function if exists {name}()",
                ]
            else:
                statements.append(f"alter table {table} drop constraint if exists {name}")
        return statements

    def _keys(
        self, apps: Apps, app_label: str
    ) -> list[tuple[str, "models.ForeignKey[Any, Any]", type[models.Model]]]:
        model = apps.get_model(app_label, self.model)
        return [
            (model._meta.db_table, field, field.related_model)
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey)
            and field.concrete
            and isinstance(field.related_model, type)
            and _is_tenant(field.related_model)
        ]

    def describe(self) -> str:
        return f"Keep the keys of {self.model} within their workspace"


class DefineFunction(Operation):
    """Create an SQL function that looks past row security for those it is granted to.

    `sql` is the whole statement after `create or replace function <name>`; it must be
    `security definer` with a pinned `search_path`, and is refused otherwise. `arguments` are the
    types that tell it apart, such as `text, uuid`.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self, name: str, arguments: str, sql: str, grant_to: Sequence[str] = (WEB_ROLE,)
    ) -> None:
        if "security definer" not in sql.lower() or "set search_path" not in sql.lower():
            raise ValueError(f"{name} must be SECURITY DEFINER with a pinned search_path.")
        self.name, self.arguments, self.sql, self.grant_to = name, arguments, sql, tuple(grant_to)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        signature = f"{self.name}({self.arguments})"
        schema_editor.execute(f"create or replace function {self.name}{self.sql}", params=None)
        schema_editor.execute(f"revoke all on function {signature} from public", params=None)
        for role in self.grant_to:
            schema_editor.execute(f"grant execute on function {signature} to {role}", params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"drop function if exists {self.name}({self.arguments})", params=None)

    def describe(self) -> str:
        return f"Define the look-up {self.name}"


def _is_tenant(model: type[models.Model]) -> bool:
    return any(field.name == "workspace" for field in model._meta.get_fields())


def _grant_sequence(model: type[models.Model], table: str) -> list[str]:
    """A bigint key draws from a sequence that a writer must be allowed to use."""
    if isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
        return [f"grant usage on sequence {table}_{model._meta.pk.column}_seq to {TENANT_ROLE}"]
    return []


def _shared_key(name: str, table: str, column: str, target: str) -> list[str]:
    return [
        f"""create function {name}() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        begin
            if new.{column} is not null and not exists (
                select from {target} parent where parent.id = new.{column}
                and (parent.workspace_id is null or parent.workspace_id = new.workspace_id)
            ) then
                raise foreign_key_violation using
                    message = 'key {column} of {table} points at no row of its workspace',
                    constraint = '{name}', table = '{table}', column = '{column}';
            end if;
            return new;
        end $$""",
        f"""create trigger {name} before insert or update of {column}, workspace_id on {table}
        for each row execute function {name}()""",
    ]
