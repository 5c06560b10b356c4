"""Links from a record to what belongs with it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

EMPTY = SafeString("–")


def record_link(record: models.Model | None, text: Any = None) -> SafeString:
    """The record's name as a link to its page; a dash for none, only its name without a page."""
    if record is None:
        return EMPTY
    shown = str(record) if text is None else text
    address = _address(type(record), "change")
    if not address:
        return format_html("<bdi>{}</bdi>", shown)
    return format_html(
        '<a class="hh-link" href="{}"><bdi>{}</bdi></a>', reverse(address, args=[record.pk]), shown
    )


def related_link(
    name: str, *, description: Any = None, ordering: str | None = None
) -> Callable[[Any, Any], SafeString]:
    """A column (or read-only field) that leads to a related record's page.

        class TestPage(ConsolePage):
            list_display = ["name", "campaign_link"]
            list_select_related = ["campaign"]
            campaign_link = related_link("campaign")

    `name` may span relations (`campaign__project`); all of them belong in `list_select_related`,
    or each row costs a query. The column is headed by the field's own name unless `description`
    says otherwise (ConsolePage sees to it), and sorts only where `ordering` names a field.
    """

    @admin.display(description=description, ordering=ordering)
    def column(page: Any, obj: Any) -> SafeString:
        record = obj
        for step in name.split("__"):
            record = getattr(record, step, None)
        return record_link(record)

    column.relation = name  # type: ignore[attr-defined]
    return column


def name_links(page: Any) -> None:
    """Head each related_link of a console page as its model's field is named."""
    for name in dir(type(page)):
        column = getattr(type(page), name, None)
        relation = getattr(column, "relation", "")
        if relation and callable(column) and not getattr(column, "short_description", None):
            column.short_description = _field(page.model, relation).verbose_name


def _field(model: type[models.Model], relation: str) -> Any:
    first, _, rest = relation.partition("__")
    field: Any = model._meta.get_field(first)
    return _field(field.related_model, rest) if rest else field


def count_link(
    related: str,
    *,
    of: str,
    by: str,
    description: Any,
) -> Callable[[Any, Any], SafeString]:
    """A column with a number that leads to the list of what it counts.

        executions = count_link("journeys.WorkflowExecution", of="_runs", by="workflow__id__exact",
            description=_("executions"))

    `of` is the attribute with the number (annotate it in `get_queryset`), `by` the parameter of
    the other list that filters by this record's key.
    """

    @admin.display(description=description, ordering=of)
    def column(page: Any, obj: Any) -> SafeString:
        return filtered_list_link(related, {by: obj.pk}, getattr(obj, of))

    return column


def filtered_list_link(related: str, query: Mapping[str, Any], text: Any) -> SafeString:
    """A link to the list of a model (`app.Model`), filtered by `query`."""
    label, _, model = related.partition(".")
    address = reverse(f"admin:{label}_{model.lower()}_changelist")
    return format_html('<a class="hh-link" href="{}?{}">{}</a>', address, urlencode(query), text)


@lru_cache(maxsize=256)
def _address(model: type[models.Model], name: str) -> str:
    """The name of the model's console address, empty where it has no page."""
    meta = model._meta
    found = f"admin:{meta.app_label}_{meta.model_name}_{name}"
    try:
        reverse(found, args=["x"])
    except NoReverseMatch:
        return ""
    return found
