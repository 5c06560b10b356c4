"""Addresses that go wrong in every way an app's view can; the tests' own URL configuration."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as ours


@dataclass(frozen=True)
class Fault:
    pointer: str
    code: str
    detail: str


class LayoutError(Exception):
    """As a domain module raises it: it knows no HTTP."""

    faults = [Fault("/wireframes/home/content/2/type", "unknown_section", "No such section.")]


def domain_rule():
    raise DjangoValidationError({"name": "Too plain."})


def duplicate():
    user = User.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_membership (workspace_id, user_id, role)"
            " select workspace_id, user_id, role from accounts_membership where user_id = %s",
            [user.pk],
        )


def check():
    with connection.cursor() as cursor:
        cursor.execute("update accounts_workspace set week_start = 9")


def nested():
    raise serializers.ValidationError(
        {
            "layout": {"content": {2: {"type": ["No such section."]}}},
            "rows": [{}, {"a/b": ["Bad."]}],
            "/deep/down": ["By pointer."],
            "trigger": {"/": ["Not this one."]},
            "non_field_errors": ["Together they make no sense."],
        }
    )


def away():
    raise OperationalError("could not connect to server")


def layout():
    raise LayoutError("The site cannot be published.")


def bug():
    raise RuntimeError("the secret of the bug")


TROUBLES = {f.__name__: f for f in (domain_rule, duplicate, check, nested, away, layout, bug)}


class TroubleView(APIView):
    def post(self, request, kind):
        if kind in TROUBLES:
            TROUBLES[kind]()
        return Response({"echo": request.data})


class RenameView(APIView):
    """Renames the workspace and then fails as it is told; `calls` counts how often it ran."""

    calls = 0

    def post(self, request):
        type(self).calls += 1
        with connection.cursor() as cursor:
            cursor.execute("update accounts_workspace set name = %s", [request.data["name"]])
        answer = request.data.get("answer", 201)
        if answer == "broken":
            raise RuntimeError("after the write")
        if answer == "stream":
            return StreamingHttpResponse([b"1", b"2"])
        response = Response({"calls": self.calls}, status=answer, headers={"Location": "/there"})
        if request.data.get("secret"):
            response["Cache-Control"] = "no-store"
        return response


def page(request):
    raise OperationalError("could not connect to server")


urlpatterns = [
    path("api/v1/", include([path("rename/", RenameView.as_view())])),
    path("api/v1/trouble/<str:kind>/", TroubleView.as_view()),
    path("page/", page),
    *ours,
]
