"""What the consultant has read: documents, and the pieces of them that are found by meaning."""

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.history import tracked
from accounts.models import (
    EmbeddedModel,
    SharedModel,
    TenantForeignKey,
    not_negative,
    one_of,
    vector_constraints,
    vector_indexes,
)

TABLE = "conversations_knowledgedocument"
CHUNKS = "conversations_knowledgechunk"


class KnowledgeDocumentQuerySet(models.QuerySet["KnowledgeDocument"]):
    def matching(self, words: str) -> "KnowledgeDocumentQuerySet":
        """Documents with the words in their title or text, English or Arabic, or as a tag.

        The words are read as a search engine would (`"whole phrase"`, `-without`). Within a
        tenant's scope only, since full text cannot use its index under row security: the look-up
        is a function that reads the workspace from the setting.
        """
        found = Func(
            Value(words),
            function="conversations_search_knowledge",
            template="(select %(function)s(%(expressions)s))",
            output_field=models.UUIDField(),
        )
        return self.filter(pk__in=found)


@tracked()
class KnowledgeDocument(SharedModel):
    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        ARABIC = "ar", _("Arabic")

    class Source(models.TextChoices):
        DOCUMENT = "document", _("document")
        WEB_SCRAPED = "web_scraped", _("read from the web")
        USER_GENERATED = "user_generated", _("written by a user")

    class Category(models.TextChoices):
        PRODUCT_DOCS = "product_docs", _("product documentation")
        MARKET_TRENDS = "market_trends", _("market trends")
        COMPETITOR_INTEL = "competitor_intel", _("competitors")
        CAMPAIGN_HISTORY = "campaign_history", _("past campaigns")

    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("web address"), max_length=2000, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
    )
    body = models.TextField(_("text"))
    source = models.CharField(
        _("source"),
        max_length=20,
        choices=Source,
        default=Source.DOCUMENT,
        db_default=Source.DOCUMENT,
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    tags = ArrayField(
        models.CharField(max_length=50), verbose_name=_("tags"), default=list, blank=True
    )

    objects = KnowledgeDocumentQuerySet.as_manager()

    class Meta(SharedModel.Meta):
        verbose_name = _("knowledge document")
        verbose_name_plural = _("knowledge documents")
        constraints = [
            one_of(TABLE, "language", ["en", "ar"]),
            one_of(TABLE, "source", ["document", "web_scraped", "user_generated"]),
            one_of(
                TABLE,
                "category",
                ["product_docs", "market_trends", "competitor_intel", "campaign_history"],
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "category", "-updated_at"],
                name="conversations_doc_category",
            ),
            models.Index(
                fields=["workspace", "source", "-updated_at"], name="conversations_doc_source"
            ),
            models.Index(fields=["workspace", "-updated_at"], name="conversations_doc_updated"),
            GinIndex(
                SearchVector("title", "body", config="english")
                + SearchVector("title", "body", config="arabic"),
                name="conversations_doc_words",
            ),
            GinIndex(fields=["tags"], name="conversations_doc_tags"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_updated(self) -> datetime.datetime:
        """The documents' name for when it was changed last; freshness is reckoned from it."""
        return self.updated_at


class KnowledgeChunk(EmbeddedModel, SharedModel):
    """A piece of a document with its vector; it is whose the document is."""

    created_at: Any = None
    updated_at: Any = None

    document = TenantForeignKey(
        KnowledgeDocument,
        on_delete=models.CASCADE,
        related_name="chunks",
        verbose_name=_("document"),
    )
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Within the document, counted from 0.")
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = pgettext_lazy("of a text", "chunk")
        verbose_name_plural = pgettext_lazy("of a text", "chunks")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "document", "position"],
                name="conversations_knowledgechunk_place",
                nulls_distinct=False,
            ),
            *not_negative(CHUNKS, "position"),
            models.CheckConstraint(condition=~Q(text=""), name="conversations_knowledgechunk_text"),
            *vector_constraints(CHUNKS),
        ]
        indexes = [
            models.Index(fields=["workspace", "embedding_model"], name="conversations_chunk_model"),
            *vector_indexes("conversations_chunk"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:60]}"
