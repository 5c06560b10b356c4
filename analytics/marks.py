"""How far each roll-up has read; holding the mark's lock, it runs one at a time."""

import datetime
from typing import Final

from analytics.models import RollupMark

# A row is stamped when its transaction begins and seen when it commits: read that far back again.
LATE_COMMIT: Final = datetime.timedelta(minutes=2)


def locked(*, name: str, now: datetime.datetime, first: datetime.timedelta) -> RollupMark:
    """The roll-up's mark, held until the transaction ends; a new one begins `first` ago."""
    RollupMark.objects.get_or_create(name=name, defaults={"read_until": now - first})
    return RollupMark.objects.select_for_update().get(name=name)


def move(mark: RollupMark, *, now: datetime.datetime) -> None:
    """Say that everything up to now was read; the mark never goes back."""
    mark.read_until = max(mark.read_until, now)
    mark.save(update_fields=["read_until"])
