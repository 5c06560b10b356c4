"""Names that are not to be recorded again, since whoever bore them was erased."""

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Q

from accounts.models import Suppression
from accounts.privacy.digests import digest
from accounts.privacy.subjects import Subject


def name_digest(kind: str, value: str) -> str:
    """What is kept of a name; `kind` is one of `Suppression.Kind`."""
    told = value.strip().lower() if kind == Suppression.Kind.EMAIL else value.strip()
    return digest("name", kind, told)


def suppress(subject: Subject) -> None:
    """Note the person's names; again is no harm."""
    rows = [
        Suppression(workspace_id=subject.workspace_id, kind=kind, digest=name_digest(kind, value))
        for kind, value in subject.names
        if value
    ]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)


def suppressed(
    *, workspace_id: uuid.UUID, names: Iterable[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Those of the (kind, value) pairs that the workspace is not to record."""
    by_digest = {name_digest(kind, value): (kind, value) for kind, value in names}
    found = Suppression.objects.filter(
        Q(workspace_id=workspace_id) | Q(workspace_id__isnull=True), digest__in=list(by_digest)
    )
    return frozenset(by_digest[each] for each in found.values_list("digest", flat=True))


def digests_of(names: Sequence[tuple[str, str]]) -> list[str]:
    """For doors that ask the table in a statement of their own."""
    return [name_digest(kind, value) for kind, value in names]
