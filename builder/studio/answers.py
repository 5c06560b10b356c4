"""What the studio's scripts are told: JSON, with faults as pointers and sentences."""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.faults import Fault
from builder.studio.access import BadBodyError, View


def told(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults as JSON."""
    return [
        {"pointer": fault.pointer, "code": fault.code, "detail": str(fault.detail)}
        for fault in faults
    ]


def refused(faults: Iterable[Fault], *, status: int = 422) -> JsonResponse:
    """Nothing was done; here is why, and where."""
    return JsonResponse({"faults": told(faults)}, status=status)


def json_answers(view: View) -> View:
    """Answer with a view's dictionary; what it raises with `faults` is refused with them."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: Any = view(request, *args, **kwargs)
        except BadBodyError as error:
            return refused([Fault("", "bad_body", str(error))], status=400)
        except Exception as error:
            faults = getattr(error, "faults", None)
            if faults is None:
                raise
            return refused(faults)
        return answer if isinstance(answer, HttpResponse) else JsonResponse(answer)

    return answered
