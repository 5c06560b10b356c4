"""Where a picture is in use."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from accounts import tenancy
from accounts.faults import Fault
from builder.models import Image

# Documents that show it, and live sites that have one of its files. Both look through documents
# of the workspace, which a person waits for once: when a picture is to be deleted.
_PAGES: Final = """
select p.id, p.name, p.trashed_at is not null, w.page_key from builder_wireframe w
join builder_sitemap s on s.id = w.sitemap_id and s.workspace_id = w.workspace_id
join builder_project p on p.id = s.project_id and p.workspace_id = s.workspace_id
where w.workspace_id = %(workspace)s::uuid and jsonb_path_exists(
    w.layout, '$.**.image ? (@ == $id)', jsonb_build_object('id', %(image)s::text))
order by p.name, w.page_key limit 20
"""
_LIVE: Final = """
select p.id, p.name, p.trashed_at is not null from builder_project p
join builder_release r on r.id = p.live_release_id
where p.workspace_id = %(workspace)s::uuid and exists (
    select from jsonb_each(r.manifest) entry where entry.value ->> 'sha256' in (
        select f.sha256 from builder_imagerendition f
        where f.workspace_id = %(workspace)s::uuid and f.image_id = %(image)s::uuid))
order by p.name limit 20
"""


@dataclass(frozen=True, slots=True)
class Use:
    """A project that uses a picture: on a page, or ("") on its live site."""

    project_id: uuid.UUID
    project: str
    in_bin: bool
    page_key: str = ""

    @property
    def fault(self) -> Fault:
        names = {"project": self.project, "page": self.page_key}
        if not self.page_key:
            text = _("The live site of “%(project)s” shows it.") % names
            return Fault("", "used_by_release", text)
        if self.in_bin:
            text = _("The page %(page)s of “%(project)s”, which is in the bin, shows it.") % names
        else:
            text = _("The page %(page)s of “%(project)s” shows it.") % names
        return Fault("", "used_by_document", text)


def uses(image: Image) -> list[Use]:
    """Where a picture is in use, in the bin too; at most twenty pages and as many sites."""
    told = {"workspace": str(image.workspace_id), "image": str(image.pk)}
    # What is in the bin is hidden from tenants, and comes back.
    with tenancy.owner(reason="uses_of_image"), connection.cursor() as cursor:
        cursor.execute(_PAGES, told)
        found = [Use(*row) for row in cursor.fetchall()]
        cursor.execute(_LIVE, told)
        return found + [Use(*row) for row in cursor.fetchall()]
