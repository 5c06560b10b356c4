from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import bar_column, share_column
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from conversations import insights, knowledge
from conversations.models import KnowledgeChunk, KnowledgeDocument, MarketingInsight

COLOURS = {
    "active": "info",
    "implemented": "success",
    "dismissed": "warning",
    "expired": "danger",
}
PRIORITIES = {"low": "info", "medium": "info", "high": "warning", "critical": "danger"}


class ChunkTable(ConsoleTable):
    """What the document was cut into."""

    model = KnowledgeChunk
    fields = ["position", "text", "embedding_model"]
    readonly_fields = fields
    ordering = ["position"]
    can_delete = False
    max_num = 0
    show_change_link = False


@admin.register(KnowledgeDocument)
class KnowledgeDocumentPage(ConsolePage):
    list_display = ["title", "category", "source", "language", "tags", "updated_at"]
    list_filter = ["category", "source", "language"]
    search_fields = ["title", "body"]
    search_help_text = _("Words of its title or text, or a tag.")
    fields = ["title", "url", "language", "category", "source", "tags", "body", "updated_at"]
    readonly_fields = ["updated_at"]
    inlines = [ChunkTable]
    formfield_overrides = {
        **ConsolePage.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """As ConsolePage does it, and the text is cut anew where it changed."""
        tenancy = getattr(request, "tenancy", None)
        if obj.workspace_id is None and not change and tenancy is not None:
            obj.workspace_id = tenancy.workspace_id
        knowledge.save(document=obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_ours(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_ours(request, obj) and super().has_delete_permission(request, obj)

    def _is_ours(self, request: HttpRequest, obj: Any) -> bool:
        """The platform's own documents are superusers' to change."""
        return obj is None or obj.workspace_id is not None or bool(request.user.is_superuser)


@admin.register(KnowledgeChunk)
class KnowledgeChunkPage(ReadOnlyConsolePage):
    list_display = ["position", "document_link", "excerpt", "embedding_model"]
    list_filter = ["embedding_model"]
    list_select_related = ["document"]
    readonly_fields = ["embedding_model"]
    document_link = related_link("document")

    @admin.display(description=_("text"))
    def excerpt(self, chunk: KnowledgeChunk) -> str:
        return chunk.text if len(chunk.text) <= 100 else f"{chunk.text[:99]}…"


@admin.register(MarketingInsight)
class MarketingInsightPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "title", "user_link", "insight_type", "shown_priority", "shown_status", "confidence",
        "rating", "created_at",
    ]  # fmt: skip
    list_filter = ["status", "priority", "insight_type"]
    list_select_related = ["user"]
    search_fields = ["title", "=user__email"]
    search_help_text = _("Words of the title, or an e-mail address, whole.")
    exclude = ["insight_data", "data_sources"]
    readonly_fields = ["shown_data", "shown_sources"]
    moves = ("implemented", "dismissed", "active")
    move_names = {
        "implemented": _("Mark as implemented"),
        "dismissed": _("Put aside"),
        "active": _("Take up again"),
    }
    user_link = related_link("user")
    confidence = share_column("confidence_score", description=_("confidence"))
    rating = bar_column("user_rating", 5, description=_("rating"))

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        insights.move(insight=obj, status=status)

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, insight: MarketingInsight) -> tuple[str, str]:
        return insight.status, insight.get_status_display()

    @display(description=_("priority"), label=PRIORITIES)  # type: ignore[untyped-decorator]
    def shown_priority(self, insight: MarketingInsight) -> tuple[str, str]:
        return insight.priority, insight.get_priority_display()

    @admin.display(description=_("data"))
    def shown_data(self, insight: MarketingInsight) -> SafeString:
        return readable_json(insight.insight_data)

    @admin.display(description=_("sources"))
    def shown_sources(self, insight: MarketingInsight) -> SafeString:
        return readable_json(insight.data_sources)
