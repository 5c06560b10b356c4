"""The console's site: its search finds only what the person may see, now and in this workspace."""

import time
from functools import partial
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from unfold.dataclasses import SearchResult
from unfold.sites import UnfoldAdminSite

# Of one kind of record, and the shortest words that are searched for.
MOST_OF_A_KIND = 5
SHORTEST = 2


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]
    """The theme's site, whose palette would keep a person's results for five minutes.

    They would be shown in another workspace and after rights are lost; and it would read every
    row that matches.
    """

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take our own pages only: those that packages bring know neither workspaces nor roles."""
        if getattr(admin_class, "knows_roles", False):
            super().register(model_or_iterable, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The pages one may see, looked up when they are read: the sidebar has its own list.

        Every page's context has this one, and only the palette and the index read it.
        """
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def search(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Pages by name, and for the palette (`extended`) records of the pages one may see."""
        words = request.GET.get("s", "").strip().lower()
        if len(words) < SHORTEST:
            return HttpResponse()
        begun = time.monotonic()
        extended = "extended" in request.GET
        pages = self.get_app_list(request)
        results = self._search_apps([{**app, "models": [*app["models"]]} for app in pages], words)
        if extended:
            results += [
                result
                for app in pages
                for entry in app["models"]
                for result in self._records(request, entry["model"], words)
            ]
        context = {
            "page_obj": Paginator(results, len(results) or 1),
            "results": results,
            "page_counter": 0,
            "execution_time": time.monotonic() - begun,
            "command_show_history": False,
        }
        kind = "command_results" if extended else "search_results"
        return TemplateResponse(
            request, f"unfold/helpers/{kind}.html", context, headers={"HX-Trigger": "search"}
        )

    def _records(self, request: HttpRequest, model: Any, words: str) -> list[SearchResult]:
        page = self._registry[model]
        if getattr(page, "big", False) or not page.get_search_fields(request):
            return []
        found, many = page.get_search_results(request, page.get_queryset(request), words)
        # Not DISTINCT, which sorts all that is found: a row may come twice by two of its relations.
        rows = islice(dict.fromkeys(found.order_by()[: MOST_OF_A_KIND * (4 if many else 1)]), 5)
        address = f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_change"
        return [
            SearchResult(
                title=str(row),
                description=str(model._meta.verbose_name),
                link=reverse(address, args=[row.pk]),
                icon="data_object",
            )
            for row in rows
        ]
