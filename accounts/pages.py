"""The office's few pages for people who are not in the console."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Role
from accounts.tenancy.resolution import SESSION_KEY


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Staff go on to the console; members see what they can do from here."""
    if getattr(request.user, "is_staff", False):
        return redirect("admin:index")
    tenancy = request.tenancy  # type: ignore[attr-defined]
    role = dict(Role.choices).get(tenancy.role, "")
    return render(request, "accounts/home.html", {"tenancy": tenancy, "role": role})


@login_required
def choose_workspace(request: HttpRequest) -> HttpResponse:
    """Turn the console to another of the person's workspaces; an unknown one changes nothing."""
    wanted = request.GET.get("slug", "")
    if wanted in {choice.slug for choice in request.tenancy.choices}:  # type: ignore[attr-defined]
        request.session[SESSION_KEY] = wanted
    return redirect("admin:index")
