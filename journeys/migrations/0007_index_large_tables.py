"""Indexes of large tables, made while their rows are written."""

import django.contrib.postgres.indexes
import django.db.models.fields.json
import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

import journeys.searching

_PARTITIONS = """
select child.relname from pg_inherits i join pg_class child on child.oid = i.inhrelid
where i.inhparent = %s::regclass order by child.relname
"""


class AddIndexToPartitions(migrations.AddIndex):
    """Add an index to a partitioned table, a month at a time, each without stopping writes.

    PostgreSQL makes no index of a partitioned table concurrently: the parent's is made empty, and
    is whole when every partition's is attached to it.
    """

    atomic = False

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table, name = model._meta.db_table, self.index.name
        start = f'CREATE INDEX "{name}" ON "{table}"'
        sql = str(self.index.create_sql(model, schema_editor))
        if not sql.startswith(start):
            raise ValueError(f"{name} is no plain index: {sql}")
        columns = sql.removeprefix(start)
        schema_editor.execute(f'create index if not exists "{name}" on only "{table}"{columns}')
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_PARTITIONS, [table])
            partitions = [partition for (partition,) in cursor.fetchall()]
        for partition in partitions:
            part = partition + name.removeprefix(table)
            schema_editor.execute(
                f'create index concurrently if not exists "{part}" on "{partition}"{columns}'
            )
            schema_editor.execute(f'alter index "{name}" attach partition "{part}"')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("journeys", "0006_secure_journeys")]

    operations = [
        RemoveIndexConcurrently(
            model_name="contactidentity",
            name="journeys_identity_contact",
        ),
        RemoveIndexConcurrently(
            model_name="lead",
            name="journeys_lead_source",
        ),
        RemoveIndexConcurrently(
            model_name="workflowexecution",
            name="journeys_execution_contact",
        ),
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                fields=["workspace", "-created_at"], name="journeys_contact_created"
            ),
        ),
        AddIndexConcurrently(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("traits", name="jsonb_path_ops"),
                name="journeys_contact_traits",
            ),
        ),
        AddIndexConcurrently(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    journeys.searching.JoinedWords(
                        "email",
                        django.db.models.functions.comparison.Coalesce(
                            django.db.models.fields.json.KeyTextTransform("name", "traits"),
                            models.Value(""),
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            django.db.models.fields.json.KeyTextTransform("company", "traits"),
                            models.Value(""),
                        ),
                    ),
                    name="gin_trgm_ops",
                ),
                name="journeys_contact_words",
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                fields=["workspace", "event_name", "timestamp"], name="journeys_event_name"
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(fields=["workspace", "timestamp"], name="journeys_event_time"),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("session_id__isnull", False)),
                fields=["workspace", "session_id"],
                name="journeys_event_session",
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("event_name", "user_signup")),
                fields=["workspace", "contact", "timestamp"],
                name="journeys_event_signup",
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("path__isnull", False)),
                fields=["workspace", "path", "timestamp"],
                name="journeys_event_path",
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("utm_source__isnull", False)),
                fields=["workspace", "utm_source", "timestamp"],
                name="journeys_event_utm_source",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(fields=["workspace", "-id"], name="journeys_lead_newest"),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(fields=["workspace", "qualified"], name="journeys_lead_qualified"),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(fields=["workspace", "-created_at"], name="journeys_lead_recent"),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("qualified", True)),
                fields=["workspace", "-score", "status"],
                name="journeys_lead_best",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["workspace", "source", "-score"], name="journeys_lead_source"
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("properties", name="jsonb_path_ops"),
                name="journeys_lead_properties",
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    journeys.searching.JoinedWords("email", "name", "company", "phone"),
                    name="gin_trgm_ops",
                ),
                name="journeys_lead_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="mailmessage",
            index=models.Index(fields=["workspace", "-id"], name="journeys_mail_newest"),
        ),
        AddIndexConcurrently(
            model_name="mailmessage",
            index=models.Index(fields=["workspace", "status"], name="journeys_mail_by_status"),
        ),
        AddIndexConcurrently(
            model_name="workflow",
            index=models.Index(fields=["workspace", "category"], name="journeys_workflow_category"),
        ),
        AddIndexConcurrently(
            model_name="workflow",
            index=models.Index(
                fields=["workspace", "-created_at"], name="journeys_workflow_recent"
            ),
        ),
        AddIndexConcurrently(
            model_name="workflowexecution",
            index=models.Index(
                fields=["workspace", "contact", "-id"], name="journeys_execution_contact"
            ),
        ),
        AddIndexConcurrently(
            model_name="workflowexecution",
            index=models.Index(
                fields=["workspace", "status", "-id"], name="journeys_execution_state"
            ),
        ),
        AddIndexConcurrently(
            model_name="componentworkflowconnection",
            index=models.Index(
                fields=["workspace", "workflow", "status"], name="journeys_connection_workflow"
            ),
        ),
        AddIndexConcurrently(
            model_name="componentworkflowconnection",
            index=models.Index(
                fields=["workspace", "status"], name="journeys_connection_by_status"
            ),
        ),
    ]
