"""The office's few pages for people who are not in the console."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.models import Role
from accounts.quotas import QuotaExceededError
from accounts.tenancy.resolution import SESSION_KEY


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Staff go on to the console, members to where they work; others see how to become one."""
    if getattr(request.user, "is_staff", False):
        return redirect("admin:index")
    tenancy = request.tenancy  # type: ignore[attr-defined]
    if tenancy.choices:
        return redirect(settings.MEMBERS_START)
    role = dict(Role.choices).get(tenancy.role, "")
    return render(request, "accounts/home.html", {"tenancy": tenancy, "role": role})


@login_required
def choose_workspace(request: HttpRequest) -> HttpResponse:
    """Turn the console to another of the person's workspaces; an unknown one changes nothing."""
    wanted = request.GET.get("slug", "")
    if wanted in {choice.slug for choice in request.tenancy.choices}:  # type: ignore[attr-defined]
        request.session[SESSION_KEY] = wanted
    return redirect("admin:index")


@login_required
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever was sent the link joins by pressing a button, so that opening it joins nobody."""
    place = invitations.place_of(token)
    refusal = "" if place else _("This invitation has ended. Ask for another.")
    if request.method == "POST" and place:
        try:
            invitations.accept(token=token, user=request.user)  # type: ignore[arg-type]
        except (invitations.InvitationError, QuotaExceededError) as error:
            refusal = str(error)
        else:
            return redirect("home")
    context = {"place": place, "refusal": refusal}
    return render(request, "accounts/invitation.html", context, status=403 if refusal else 200)
