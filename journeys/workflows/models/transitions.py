"""A status and the changes of it that are allowed."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from builder.sections.faults import Fault


class TransitionError(Exception):
    """A record was asked to go where its status does not lead."""

    def __init__(self, *, subject: str, current: str, wanted: str) -> None:
        text = _("%(subject)s that is %(current)s cannot become %(wanted)s.")
        super().__init__(text % {"subject": subject, "current": current, "wanted": wanted})
        self.faults = [Fault(pointer="/status", code="illegal_transition", detail=str(self))]


class StatusMixin(models.Model):
    """One `transition()` for a model with a `status` and a table of what may follow what."""

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {}
    status: str

    class Meta:
        abstract = True

    def transition(self, status: str) -> None:
        """Set the status without saving; the same again is no change. Raises TransitionError."""
        if status == self.status:
            return
        if status not in self.TRANSITIONS[self.status]:
            subject = str(self._meta.verbose_name).capitalize()
            raise TransitionError(subject=subject, current=self.status, wanted=status)
        self.status = status
