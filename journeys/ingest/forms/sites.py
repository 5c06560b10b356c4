"""The site and the form that a submission is for, as they were published."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from accounts.tenancy.edge import edge_connection
from builder.sections.forms import FormField, Reward

_FORM = "select * from journeys_form_of_site(%s, %s)"


@dataclass(frozen=True, slots=True)
class Form:
    """One published form: `path` is its page's, below the site's root.

    `reward` is what its sender is given beside thanks: a link that stands in no page.
    """

    component_id: str
    component_type: str
    page_key: str
    path: str
    fields: tuple[FormField, ...]
    reward: Reward | None = None

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        return cls(
            component_id=stored["component_id"],
            component_type=stored["type"],
            page_key=stored["page_key"],
            path=stored["path"],
            fields=tuple(
                FormField(
                    name=field["name"],
                    label=field["label"],
                    kind=field["kind"],
                    required=field["required"],
                    options=tuple(field["options"]),
                    least=field.get("least"),
                    most=field.get("most"),
                )
                for field in stored["fields"]
            ),
            reward=Reward(**stored["reward"]) if stored.get("reward") else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSite:
    """A site whose address was posted to; `forms` are those of the component, one a page.

    `was_live` tells a site that was taken down from one that never was.
    """

    workspace_id: uuid.UUID
    project_id: uuid.UUID
    name: str
    language: str
    is_live: bool
    was_live: bool
    forms: Sequence[Form]

    def form_on(self, path: str) -> Form:
        """The form as it stands on that page, or else on the first that has it."""
        return next((form for form in self.forms if form.path == path), self.forms[0])


async def find_site(*, label: str, component_id: str) -> FormSite | None:
    """Look the site up by its address's label; None where there is no such site."""
    async with edge_connection() as conn:
        rows = await conn.execute(_FORM, (label, component_id))
        row = await rows.fetchone()
    if row is None:
        return None
    return FormSite(
        workspace_id=row["workspace_id"],
        project_id=row["project_id"],
        name=row["name"],
        language=row["language"],
        is_live=row["live"],
        was_live=row["published"],
        forms=[Form.of(stored) for stored in row["forms"] or ()],
    )


async def label_of_host(host: str) -> str:
    """The label of the site at a verified host of a customer's; "" for no such host."""
    if "." not in host:
        return ""
    async with edge_connection() as conn:
        rows = await conn.execute("select builder_label_of_host(%s) as label", (host,))
        row = await rows.fetchone()
    return (row and row["label"]) or ""
