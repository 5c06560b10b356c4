"""Tables partitioned by month: the migration operation, and what is asked of them later.

Row security stands on the parent, and partitions are granted to nobody, so that they are reached
through it only. No library of those that exist (django-postgres-extra, pg_partman) creates
partitions that way: see docs/adr/0007-months-as-partitions.md.
"""

import datetime
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.models import AddIndex
from django.db.migrations.state import ProjectState

from accounts.tenancy.operations import TableOperation

MONTHS_AHEAD = 3

_LIST = """
select parent.relname, child.relname, pg_get_expr(child.relpartbound, child.oid),
    greatest(child.reltuples, 0)::bigint, pg_total_relation_size(child.oid)
from pg_inherits i
join pg_class parent on parent.oid = i.inhparent join pg_class child on child.oid = i.inhrelid
join pg_partitioned_table p on p.partrelid = parent.oid and p.partstrat = 'r'
where parent.relnamespace = 'public'::regnamespace
order by parent.relname, child.relname
"""
_MONTHS = """
select child.relname from pg_inherits i join pg_class child on child.oid = i.inhrelid
where i.inhparent = %s::regclass order by child.relname
"""
_TABLES = """
select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
where p.partstrat = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname
"""


@dataclass(frozen=True, kw_only=True)
class Partition:
    """One month of a table; `month` is its first day (UTC), None for the default partition.

    `rows` is PostgreSQL's estimate, `size` in bytes with indexes.
    """

    table: str
    name: str
    month: datetime.date | None
    rows: int
    size: int


class PartitionByMonth(TableOperation):
    """Make a table that is still empty one that is partitioned by month over `column`.

    It stands after the model's CreateModel. The table's key becomes (id, column), unique rules
    must contain the column, and nothing may point at it. The month before this one is made too,
    for late comers, and three ahead. Backwards it is nothing: the end of the table follows.
    """

    def __init__(self, model: str, column: str) -> None:
        super().__init__(model)
        self.column = column

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        table = apps.get_model(app_label, self.model)._meta.db_table
        return [f"select partition_by_month('{table}', '{self.column}')"]

    def reverse_statements(self, apps: Apps, app_label: str) -> list[str]:
        return []

    def describe(self) -> str:
        return f"Partition {self.model} by month of {self.column}"


class AddIndexToPartitions(AddIndex):
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
            cursor.execute(_MONTHS, [table])
            partitions = [partition for (partition,) in cursor.fetchall()]
        for partition in partitions:
            part = partition + name.removeprefix(table)
            schema_editor.execute(
                f'create index concurrently if not exists "{part}" on "{partition}"{columns}'
            )
            schema_editor.execute(f'alter index "{name}" attach partition "{part}"')


def tables() -> list[str]:
    """The names of the tables that are partitioned by month."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def partitions() -> list[Partition]:
    """Every partition there is, by table and month."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST)
        rows = cursor.fetchall()
    return [
        Partition(table=table, name=name, month=_month(name), rows=estimate, size=size)
        for table, name, _bound, estimate, size in rows
    ]


def make_partitions(*, now: datetime.datetime, ahead: int = MONTHS_AHEAD) -> list[str]:
    """Make this month's partition of every table and those of `ahead` more; names of the new."""
    first = now.astimezone(datetime.UTC).date().replace(day=1)
    made = []
    for table in tables():
        for months in range(ahead + 1):
            with transaction.atomic(), connection.cursor() as cursor:
                # Attaching waits for running queries; whoever queues behind must not wait long.
                cursor.execute("set local lock_timeout = '5s'")
                cursor.execute(
                    "select make_month_partition(%s::regclass, "
                    "(%s::date + make_interval(months => %s))::date)",
                    (table, first, months),
                )
                if cursor.fetchone()[0]:
                    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
                    made.append(f"{table}_y{year}m{month + 1:02}")
    return made


def ended_before(*, table: str, before: datetime.date) -> list[Partition]:
    """The months of a table that had ended by the day `before`."""
    return [
        each
        for each in partitions()
        if each.table == table and each.month is not None and _next(each.month) <= before
    ]


def drop_partitions(*, table: str, before: datetime.date) -> list[Partition]:
    """Drop the months of a table that had ended by the day `before`; returns what went.

    Each goes in a transaction of its own, so that one that is locked leaves the others gone.
    """
    old = ended_before(table=table, before=before)
    for each in old:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '5s'")
            cursor.execute(f'drop table "{each.name}"')
    return old


def _month(name: str) -> datetime.date | None:
    year, _, month = name.rpartition("_y")[2].partition("m")
    if not (year.isdigit() and month.isdigit()):
        return None
    return datetime.date(int(year), int(month), 1)


def _next(month: datetime.date) -> datetime.date:
    return (month + datetime.timedelta(days=32)).replace(day=1)
