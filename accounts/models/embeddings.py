"""Texts and patterns as vectors, searched by nearness."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex


class EmbeddingModel(models.TextChoices):
    """The models whose vectors are kept; each has a length of its own (`DIMENSIONS`)."""

    MINILM = "all-minilm-l6-v2", "all-MiniLM-L6-v2"
    OPENAI_SMALL = "text-embedding-3-small", "text-embedding-3-small"
    OPENAI_LARGE = "text-embedding-3-large", "text-embedding-3-large"


# OpenAI's larger model is asked for 1536 numbers, as document 003 has it.
DIMENSIONS = {
    EmbeddingModel.MINILM: 384,
    EmbeddingModel.OPENAI_SMALL: 1536,
    EmbeddingModel.OPENAI_LARGE: 1536,
}


class EmbeddedModel(models.Model):
    """A row with a vector, of whichever model made it: half precision, no fixed length."""

    embedding = HalfVectorField(_("embedding"), null=True, blank=True, editable=False)
    embedding_model = models.CharField(
        _("embedding model"), max_length=40, choices=EmbeddingModel, blank=True, editable=False
    )

    class Meta:
        abstract = True


def vector_constraints(table: str) -> list[models.CheckConstraint]:
    """A vector comes with the model that made it, and has that model's length."""
    length = models.Func("embedding", function="vector_dims", output_field=models.IntegerField())
    kept = models.Q(embedding__isnull=True, embedding_model="")
    for model, dimensions in DIMENSIONS.items():
        # Without a vector its length is null, and a check lets null through.
        kept |= models.Q(
            Exact(length, dimensions), embedding__isnull=False, embedding_model=model.value
        )
    return [models.CheckConstraint(condition=kept, name=f"{table}_embedding_length")]


def vector_indexes(table: str) -> list[models.Index]:
    """An HNSW index by cosine distance for each model's rows, which have one length."""
    return [
        HnswIndex(
            OpClass(
                Cast("embedding", HalfVectorField(dimensions=dimensions)), name="halfvec_cosine_ops"
            ),
            name=f"{table}_{number}_hnsw",
            m=16,
            ef_construction=64,
            condition=models.Q(embedding_model=model.value),
        )
        for number, (model, dimensions) in enumerate(DIMENSIONS.items())
    ]
