"""Status changes in the console: one confirmed action for each status that can be reached."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.enums import ActionVariant

from accounts.admin.confirmation import Question, confirmed
from accounts.models import EDITORS

PREFIX = "become_"


class StatusActions:
    """Mix into a console page whose model is a StatusMixin, before ConsolePage.

    The list gets one action per status that TRANSITIONS lead to, a record's own page a menu of
    the statuses that it may take now. Each shows the chosen records, which of them cannot go there
    and why, and on confirmation runs `move()` for each under its row's lock.

    `movers` are the roles that may, `moves` restricts and orders the statuses offered,
    `move_names` names actions better than their status does ("active": _("Activate")),
    `move_notes` adds a sentence to the question, `dangerous_moves` are asked in red.
    """

    movers: ClassVar[frozenset[Any]] = EDITORS
    moves: ClassVar[Sequence[str] | None] = None
    move_names: ClassVar[dict[str, Any]] = {}
    move_notes: ClassVar[dict[str, Any]] = {}
    dangerous_moves: ClassVar[frozenset[str]] = frozenset()

    # From the console page that this is mixed into.
    model: Any
    admin_site: Any
    get_queryset: Callable[[HttpRequest], Any]

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        """Give the locked record its status; pages call their domain function here."""
        obj.transition(status)
        obj.save()

    def refusal(self, request: HttpRequest, obj: Any, status: str) -> str:
        """Why the record cannot take the status; empty where it can."""
        current = str(getattr(obj, self.model.STATUS_FIELD))
        labels = self._labels()
        if current == status:
            return _("It is “%(status)s” already.") % {"status": labels[status]}
        if obj.may_become(status):
            return ""
        text = _("What is “%(current)s” cannot become “%(wanted)s”.")
        return text % {"current": labels.get(current, current), "wanted": labels[status]}

    def has_move_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.movers)  # type: ignore[attr-defined, no-any-return]

    def reachable(self) -> list[str]:
        """The statuses that an action leads to, in the order of the choices."""
        if self.moves is not None:
            return [str(status) for status in self.moves]
        found = {str(status) for after in self.model.TRANSITIONS.values() for status in after}
        return [status for status in self._labels() if status in found]

    def _labels(self) -> dict[str, Any]:
        field = self.model._meta.get_field(self.model.STATUS_FIELD)
        return {str(value): label for value, label in field.choices}

    def _name(self, status: str) -> Any:
        default = gettext_lazy("Change status to “{status}”")
        named = self.move_names.get(status)
        return named or format_lazy(default, status=self._labels()[status])

    def get_actions(self, request: HttpRequest) -> Any:
        """The page's actions, and the moves where the person may make them."""
        actions = super().get_actions(request)  # type: ignore[misc]
        if not actions or not self.has_move_permission(request):
            return actions
        moves = {
            PREFIX + status: (_action(status), PREFIX + status, self._name(status))
            for status in self.reachable()
        }
        return {**moves, **actions}

    def ask(self, request: HttpRequest, queryset: Any, status: str, back: str = "") -> HttpResponse:
        """The confirmation page for the records, or on its answer what came of it."""
        return confirmed(
            self,  # type: ignore[arg-type]
            request,
            queryset,
            Question(
                action=PREFIX + status,
                title=str(self._name(status)),
                submit=str(self._name(status)),
                note=str(self.move_notes.get(status, "")),
                danger=status in self.dangerous_moves,
                fields=(self.model.STATUS_FIELD,),
                refusal=lambda obj: self.refusal(request, obj, status),
                change=lambda obj: self.move(request, obj, status),
            ),
            back,
        )

    # --- the record's own page ---

    def get_urls(self) -> list[URLPattern]:
        address = path(
            "<path:object_id>/become/<slug:status>/",
            self.admin_site.admin_view(self.become_view),
            name=self._url_name,
        )
        return [address, *super().get_urls()]  # type: ignore[misc]

    @property
    def _url_name(self) -> str:
        meta = self.model._meta
        return f"{meta.app_label}_{meta.model_name}_become"

    def become_view(self, request: HttpRequest, object_id: str, status: str) -> HttpResponse:
        """Ask for, and make, one record's change of status."""
        if not self.has_move_permission(request):
            raise PermissionDenied
        record = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if record is None or status not in self.reachable():
            raise Http404
        name = self._url_name.removesuffix("become") + "change"
        back = reverse(f"{self.admin_site.name}:{name}", args=[object_id])
        return self.ask(request, self.get_queryset(request).filter(pk=record.pk), status, back)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The record's page, with the statuses that it may take in a menu above it."""
        record = kwargs.get("obj")
        moves = self._menu(request, record) if record is not None else []
        if moves:
            menu = {
                "title": gettext_lazy("Change status"),
                "icon": "swap_horiz",
                "variant": ActionVariant.DEFAULT,
                "method_name": "become",
                "items": moves,
            }
            context["actions_detail"] = [*(context.get("actions_detail") or []), menu]
        answer: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return answer

    def _menu(self, request: HttpRequest, record: Any) -> list[dict[str, Any]]:
        if not self.has_move_permission(request):
            return []
        address = f"{self.admin_site.name}:{self._url_name}"
        return [
            {
                "title": self._name(status),
                "path": reverse(address, args=[record.pk, status]),
                "variant": ActionVariant.DANGER
                if status in self.dangerous_moves
                else ActionVariant.DEFAULT,
            }
            for status in self.reachable()
            if not self.refusal(request, record, status)
        ]


def _action(status: str) -> Callable[..., HttpResponse]:
    def action(page: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
        answer: HttpResponse = page.ask(request, queryset, status)
        return answer

    return action
