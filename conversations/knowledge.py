"""Documents that the consultant reads, cut into pieces that are found by meaning."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction

from conversations.models import KnowledgeChunk, KnowledgeDocument

# About 250 tokens: what all-MiniLM-L6-v2 reads at once.
CHUNK_LENGTH: Final = 1_000


@transaction.atomic
def save(*, document: KnowledgeDocument, **changes: Any) -> KnowledgeDocument:
    """Save a new or changed document; where its text changed, its pieces are cut anew.

    The pieces have no vector until the job that makes them has come by.
    """
    before = KnowledgeDocument.objects.filter(pk=document.pk).values_list("body", flat=True).first()
    for name, value in changes.items():
        setattr(document, name, value)
    document.tags = plain_tags(document.tags)
    document.save()
    if document.body != before:
        document.chunks.all().delete()
        KnowledgeChunk.objects.bulk_create(
            KnowledgeChunk(
                workspace_id=document.workspace_id, document=document, position=number, text=text
            )
            for number, text in enumerate(pieces(document.body))
        )
    return document


def plain_tags(tags: list[str]) -> list[str]:
    """Lower-cased, each once, none empty; in the order given."""
    return list(dict.fromkeys(tag.strip().lower() for tag in tags if tag.strip()))


def pieces(text: str, length: int = CHUNK_LENGTH) -> Iterator[str]:
    """Pieces of at most `length` characters, cut between paragraphs, else sentences, else words."""
    kept = ""
    for part in _parts(text, length):
        if kept and len(kept) + 2 + len(part) > length:
            yield kept
            kept = part
        else:
            kept = f"{kept}\n\n{part}" if kept else part
    if kept:
        yield kept


def _parts(text: str, length: int) -> Iterator[str]:
    """Paragraphs; those that are too long in sentences (Latin and Arabic), or cut at words."""
    for paragraph in re.split(r"\n\s*\n", text):
        stripped = paragraph.strip()
        if not stripped:
            continue
        if len(stripped) <= length:
            yield stripped
            continue
        for sentence in re.split(r"(?<=[.!?؟۔])\s+", stripped):
            yield from _words(sentence, length)


def _words(sentence: str, length: int) -> Iterator[str]:
    while len(sentence) > length:
        at = sentence.rfind(" ", 1, length + 1)
        cut = at if at > 0 else length
        yield sentence[:cut].rstrip()
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence
