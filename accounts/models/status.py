"""A status and the changes of it that are allowed."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from accounts.faults import Fault


class TransitionError(Exception):
    """A record was asked to go where its status does not lead; `field` is the status field's name.

    Over the API a 422, with a pointer to the field (`faults`).
    """

    def __init__(self, *, subject: str, field: str, current: str, wanted: str) -> None:
        text = _("%(subject)s that is %(current)s cannot become %(wanted)s.")
        super().__init__(text % {"subject": subject, "current": current, "wanted": wanted})
        self.faults = [Fault(pointer=f"/{field}", code="illegal_transition", detail=str(self))]


class StatusMixin(models.Model):
    """One `transition()` for a model with a status and a table of what may follow what.

    The field is `status` unless `STATUS_FIELD` says otherwise. What comes with a change (times,
    effects) belongs to a domain function that calls `transition()` under a row lock.
    """

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {}
    STATUS_FIELD: ClassVar[str] = "status"

    class Meta:
        abstract = True

    def may_become(self, status: str) -> bool:
        """Whether the status may be `status`; the one that it has counts as one it may."""
        current: str = getattr(self, self.STATUS_FIELD)
        return status == current or status in self.TRANSITIONS.get(current, frozenset())

    def transition(self, status: str) -> None:
        """Set the status without saving; the same again is no change. Raises TransitionError."""
        current: str = getattr(self, self.STATUS_FIELD)
        if not self.may_become(status):
            raise TransitionError(
                subject=str(self._meta.verbose_name).capitalize(),
                field=self.STATUS_FIELD,
                current=current,
                wanted=status,
            )
        setattr(self, self.STATUS_FIELD, status)
