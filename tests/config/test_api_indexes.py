"""What lists are filtered and ordered by is served by an index, or the table is small.

A filter may come second in an index whose first columns are filters of the same list (a version's
number within its entity). A choice among few values needs none: the newest rows are walked.
"""

from functools import lru_cache

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models

from accounts.api.filtering import filters_of
from config.urls import router

pytestmark = pytest.mark.django_db

# A workspace has tens of these, made by hand one at a time: the index on the workspace will do.
SMALL = {
    "ad-campaigns", "analysis-models", "api-keys", "campaign-settings", "campaigns",
    "content-templates", "credentials", "cultural-contexts", "invitations", "memberships",
    "projects", "releases", "sitemaps", "style-guides", "system-metrics", "templates",
    "test-variations", "user-profiles", "wireframes", "workflows",
}  # fmt: skip
# Asked for now and then, in tables of thousands: the newest of the workspace are walked.
WALKED = {
    "audit-entries": {"key"},
    "comments": {"resolved_at"},
    "quality-measurements": {"engine", "version_number"},
    "training-data": {"training_batch_id", "workflow_category"},
}
COLUMNS = """
    select i.indexrelid, array_agg(coalesce(a.attname, '(expression)') order by k.place)
    from pg_index i, unnest(i.indkey) with ordinality k(attnum, place)
    left join pg_attribute a on a.attrelid = %s::regclass and a.attnum = k.attnum and k.attnum > 0
    where i.indrelid = %s::regclass group by 1
"""
VIEWSETS = {
    prefix: viewset
    for prefix, viewset, _basename in router.registry
    if hasattr(viewset, "list") and hasattr(viewset, "expandable")
}


@lru_cache
def indexes(table):
    """The columns of each index, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table, table])
        return [columns for _name, columns in cursor.fetchall()]


def field_of(model, path):
    """The column at the end of a path; None for what is no column (a look into JSON)."""
    *parents, last = path.split("__")
    try:
        for parent in parents:
            model = model._meta.get_field(parent).related_model
        field = model._meta.get_field(last)
    except (AttributeError, FieldDoesNotExist):
        return None
    return None if isinstance(field, models.JSONField) or not field.concrete else field


def is_served(field, given):
    """Whether an index leads to the column by way of columns that are `given` with it."""
    known = {"workspace_id", *given} - {field.column}
    return field.primary_key or any(
        field.column in columns and set(columns[: columns.index(field.column)]) <= known
        for columns in indexes(field.model._meta.db_table)
    )


def is_choice(field):
    return bool(field.choices) or isinstance(field, models.BooleanField)


@pytest.mark.parametrize("prefix", sorted(VIEWSETS))
def test_lists_are_filtered_and_ordered_by_indexed_columns(prefix):
    viewset = VIEWSETS[prefix]
    model = viewset.queryset.model
    own = {"user_id"} if viewset.own_rows is True else set()
    paths = {one.field_name for one in filters_of(viewset()).values() if not one.method}
    filters = [field for path in sorted(paths) if (field := field_of(model, path))]
    orders = [field_of(model, name.removeprefix("-")) for name in viewset.ordering_fields]
    together = {*own, *(field.column for field in filters)}
    lacking = [f.name for f in filters if not is_choice(f) and not is_served(f, together)]
    lacking += [f"order {f.name}" for f in orders if not is_served(f, own)]
    lacking = sorted(set(lacking) - WALKED.get(prefix, set()))
    assert prefix in SMALL or not lacking, f"{model._meta.db_table}: no index for {lacking}"
