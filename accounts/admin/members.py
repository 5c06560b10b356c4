"""The members of a workspace as a table in its page: checked as the domain does, before it does."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from accounts import memberships, quotas
from accounts.models import Membership, Role


class MembershipFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of people and roles; `may_touch_owners` where the person who edits is an owner."""

    may_touch_owners = False

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        staying = [form for form in self.forms if _is_row(form) and not self._goes(form)]
        had_owner = any(form.initial.get("role") == Role.OWNER for form in self.initial_forms)
        owned = any(form.cleaned_data["role"] == Role.OWNER for form in staying)
        if had_owner and not owned:
            raise ValidationError(_("A workspace keeps an owner: make somebody else one first."))
        if not self.may_touch_owners and any(self._touches_owner(form) for form in self.forms):
            raise ValidationError(_("Only an owner makes or changes an owner."))
        self._check_seats(len(staying) - self.initial_form_count())

    def _goes(self, form: Any) -> bool:
        return bool(self.can_delete and form.cleaned_data.get("DELETE"))

    def _touches_owner(self, form: Any) -> bool:
        if not _is_row(form) or not (form.has_changed() or self._goes(form)):
            return False
        return Role.OWNER in (form.initial.get("role"), form.cleaned_data["role"])

    def _check_seats(self, more: int) -> None:
        if more <= 0 or self.instance.created_at is None:
            return
        try:
            quotas.check(workspace_id=self.instance.pk, kind=quotas.Kind.SEATS, amount=more)
        except quotas.QuotaExceededError as error:
            raise ValidationError(str(error)) from error


def save_members(formset: Any) -> None:
    """Write what was checked: first who comes and rises, then who steps down and goes."""
    formset.save(commit=False)
    for row in formset.new_objects:
        memberships.add(workspace=formset.instance, user=row.user, role=row.role)
    for row in sorted(_changed(formset), key=lambda row: row.role != Role.OWNER):
        before = Membership.objects.get(pk=row.pk)
        memberships.change_role(membership=before, role=row.role)
    for row in formset.deleted_objects:
        memberships.remove(membership=row)
    formset.save_m2m()


def _changed(formset: Any) -> Iterator[Membership]:
    for row, _fields in formset.changed_objects:
        yield row


def _is_row(form: Any) -> bool:
    return bool(getattr(form, "cleaned_data", None)) and "role" in form.cleaned_data
