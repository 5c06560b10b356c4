"""What a migration does for a model whose history is kept (accounts.history)."""

from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from accounts.tenancy.operations import EnableRowSecurity, TableOperation


def secured_history(*models: str, using: str | None = None) -> list[Operation]:
    """Close the models' histories as they are closed themselves, and begin them.

    `using` is the condition under which the models' rows are read: a row of history has the same
    columns. Nobody writes: the trigger does, as the tables' owner.
    """
    return [
        operation
        for model in models
        for operation in (
            EnableRowSecurity(f"{model}History", writers=(), using=using),
            BeginHistory(model),
        )
    ]


class BeginHistory(TableOperation):
    """Write down the rows that are there already, so that their first change has a before."""

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        model = apps.get_model(app_label, self.model)
        history = apps.get_model(app_label, f"{self.model}History")
        kept = {field.column for field in model._meta.concrete_fields}
        columns = ", ".join(
            f'"{field.column}"' for field in history._meta.concrete_fields if field.column in kept
        )
        return [
            f"""insert into {history._meta.db_table} ({columns}, pgh_obj_id, pgh_created_at,
            pgh_label) select {columns}, id, now(), 'begin' from {model._meta.db_table}"""  # noqa: S608
        ]

    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]:
        return []

    def describe(self) -> str:
        return f"Begin the history of {self.model}"


class KeepTriggers(Operation):
    """Install a model's triggers, as pgtrigger's AddTrigger does one by one.

    That one makes Django build the model and all that is related to it anew each time: seconds for
    each app. Nothing that is built depends on triggers.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, triggers: Sequence[Any]) -> None:
        self.model, self.triggers = model, list(triggers)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model.lower()].options
        options["triggers"] = [*options.get("triggers", []), *self.triggers]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)
            function = trigger.sql.pgid
            schema_editor.execute(f"drop function if exists {function}()", params=None)

    def describe(self) -> str:
        return f"Keep the triggers of {self.model}"
