"""How long to wait before trying again."""

import datetime
import random
from typing import Final

LONGEST: Final = datetime.timedelta(hours=1)


def delay(
    *, attempt: int, at_least: float | None = None, chance: random.Random | None = None
) -> datetime.timedelta:
    """2^attempt minutes (attempt 1 is the first that failed), at most an hour, give or take a
    fifth, so that those who failed together do not come back together.

    `at_least` is the other side's wish in seconds; it is granted up to an hour.
    """
    minutes = min(2**attempt, LONGEST.total_seconds() / 60)
    factor = (chance or random).uniform(0.8, 1.2)
    waited = datetime.timedelta(minutes=minutes * factor)
    wish = min(datetime.timedelta(seconds=at_least or 0), LONGEST)
    return max(waited, wish)
