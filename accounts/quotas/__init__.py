"""How much a workspace may use by its tier (docs/operations.md).

What flows (requests, events, AI cost) is counted a calendar month (UTC) in Valkey, and found again
in the database where the database knows it. What stands (seats, projects) is counted in the
database itself.
"""

from accounts.quotas.limits import Kind, Period, limit_of
from accounts.quotas.spending import QuotaExceededError, Spending, check, note, spend, spending
from accounts.quotas.standing import Standing, standings

__all__ = [
    "Kind",
    "Period",
    "QuotaExceededError",
    "Spending",
    "Standing",
    "check",
    "limit_of",
    "note",
    "spend",
    "spending",
    "standings",
]
