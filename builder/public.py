"""What everyone may know of public projects: their names and descriptions."""

import uuid
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class PublicProject:
    """A public project as the world sees it."""

    id: uuid.UUID
    name: str
    description: str


def projects(*, before: uuid.UUID | None, most: int) -> list[PublicProject]:
    """Public projects that are not archived, newest first, at most `most` of those before one.

    Asked through one function of the database, which gives these three columns and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute("select id, name, description from builder_public_projects(%s, %s)",
                       [before, most])  # fmt: skip
        return [PublicProject(*row) for row in cursor.fetchall()]
