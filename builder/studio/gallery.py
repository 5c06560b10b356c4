"""Choosing a template, and making a site of it."""

import uuid
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import EDITORS
from accounts.quotas import QuotaExceededError
from builder import projects
from builder.models import Language, Template
from builder.studio import drawing
from builder.studio.access import member, person_of, tenancy_of, workspace_of
from builder.studio.sites import language
from builder.studio.trades import trade_name


def own_names() -> list[tuple[str, str]]:
    """The languages, each by its own name."""
    return [(code, LANG_INFO[code]["name_local"]) for code in Language.values]


class NewSiteForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the site"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    language = forms.ChoiceField(
        label=_("Language of the site"), choices=own_names, widget=forms.RadioSelect
    )


@require_safe
@member
def gallery(request: HttpRequest) -> HttpResponse:
    """The templates; `?q=` looks in their names and descriptions, `?trade=` is one trade's."""
    rows = list(_templates(request).defer("document"))
    wanted, trade = request.GET.get("q", "").strip()[:100], request.GET.get("trade", "")
    shown = [row for row in rows if _suits(row, wanted) and trade in ("", row.trade)]
    trades = sorted(
        {row.trade for row in rows if row.trade}, key=lambda each: str(trade_name(each))
    )
    context = {
        "templates": [_card(row) for row in shown],
        "trades": [(each, trade_name(each)) for each in trades],
        "wanted": wanted,
        "trade": trade,
        "count": len(shown),
        "may_make": tenancy_of(request).role in EDITORS,
        "frame_language": _frame_language(request),
        "languages": own_names(),
    }
    partly = bool(request.headers.get("HX-Request"))
    return render(request, f"studio/gallery{'_list' if partly else ''}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def choose(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """One template: name and language, then the project is made and opened."""
    template = get_object_or_404(_templates(request), pk=template_id)
    may_make = tenancy_of(request).role in EDITORS
    sent = request.POST if request.method == "POST" else None
    form = NewSiteForm(sent, initial={"language": _frame_language(request)})
    if request.method == "POST" and may_make and form.is_valid():
        try:
            project = projects.create_from_template(
                workspace=workspace_of(request),
                owner=person_of(request),
                template=template,
                **form.cleaned_data,
            )
        except QuotaExceededError as error:
            form.add_error(None, str(error))
        else:
            return redirect("studio:editor", project.pk)
    context = {
        "form": form,
        "card": _card(template),
        "may_make": may_make,
        "frame_language": _frame_language(request),
        "pages": template.document["pages"],
    }
    refused = 403 if not may_make else 422
    status = refused if request.method == "POST" else 200
    return render(request, "studio/choose.html", context, status=status)


@require_safe
@member
def template_picture(
    request: HttpRequest, template_id: uuid.UUID, in_language: str
) -> HttpResponse:
    """A template's home page, for a frame."""
    template = get_object_or_404(_templates(request), pk=template_id)
    drawn = drawing.draw_template(template, language=in_language)
    return drawing.still(request, drawn, workspace_id=template.workspace_id, seconds=3600)


def _templates(request: HttpRequest) -> Any:
    """The platform's templates and the workspace's own."""
    mine = Q(workspace__isnull=True) | Q(workspace_id=tenancy_of(request).workspace_id)
    return Template.objects.filter(mine).order_by("trade", "slug")


def _card(template: Template) -> dict[str, Any]:
    return {
        "template": template,
        "name": template.local_name(),
        "description": template.local_description(),
        "trade": trade_name(template.trade),
    }


def _suits(template: Template, wanted: str) -> bool:
    """Whether each word looked for is in a template's texts, in either language."""
    others = (text for each in template.translations.values() for text in each.values())
    texts = [template.name, template.description, template.trade, template.category, *others]
    told = " ".join([*texts, str(trade_name(template.trade))]).casefold()
    return all(word in told for word in wanted.casefold().split())


def _frame_language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in Language.values else language()
