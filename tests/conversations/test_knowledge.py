"""Documents are cut into pieces, and found by words in English and in Arabic."""

import pytest

from accounts.tenancy import tenant
from conversations import knowledge
from conversations.models import KnowledgeDocument
from tests.factories import WorkspaceFactory


def test_pieces_are_whole_paragraphs_where_they_fit():
    text = "\n\n".join(["Evenings sell."] * 3 + ["x" * 30])
    assert list(knowledge.pieces(text, 32)) == [
        "Evenings sell.\n\nEvenings sell.",
        "Evenings sell.",
        "x" * 30,
    ]


def test_long_paragraphs_are_cut_at_sentences_and_words():
    text = "هل تبيعون ليلًا؟ نعم نبيع. " + "word " * 20 + "y" * 50
    pieces = list(knowledge.pieces(text, 40))
    assert max(map(len, pieces)) <= 40
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert pieces[0] == "هل تبيعون ليلًا؟\n\nنعم نبيع."


@pytest.mark.parametrize("text", ["", " \n\n \n"])
def test_nothing_is_no_piece(text):
    assert list(knowledge.pieces(text)) == []


@pytest.fixture
def document(workspace):
    return knowledge.save(
        document=KnowledgeDocument(
            workspace=workspace,
            title="Selling coffee in Ramadan",
            body="Evenings are long, and people shop after the prayer.",
            category="market_trends",
            tags=[" Ramadan", "coffee", "ramadan"],
        )
    )


@pytest.mark.django_db
def test_a_changed_text_is_cut_anew_and_a_changed_title_is_not(document):
    first = document.chunks.get()
    knowledge.save(document=document, title="Selling tea")
    assert document.chunks.get() == first
    knowledge.save(document=document, body="One.\n\n" + "Two. " * 300)
    assert document.chunks.count() > 1
    assert document.chunks.first().workspace_id == document.workspace_id
    assert document.tags == ["ramadan", "coffee"]
    assert document.last_updated == document.updated_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("evening", True),
        ("long evenings", True),
        ('"people shop"', True),
        ("people -coffee", False),
        ("coffee", True),
        ("Ramadan", True),
        ("breakfast", False),
        ("تسوق", True),
        ("صلاة", True),
        ("فطور", False),
        ("'; drop table", False),
    ],
)
def test_documents_are_found_by_their_words(document, workspace, words, found):
    knowledge.save(document=document, body=f"{document.body} يكثر التسوق بعد الصلاة.")
    with tenant(workspace_id=workspace.pk, role="viewer"):
        assert list(KnowledgeDocument.objects.matching(words)) == [document] * found


@pytest.mark.django_db
def test_a_search_finds_the_platforms_documents_and_no_strangers(document):
    platform = knowledge.save(
        document=KnowledgeDocument(title="Coffee law", body="…", category="product_docs")
    )
    with tenant(workspace_id=WorkspaceFactory().pk, role="viewer"):
        assert list(KnowledgeDocument.objects.matching("coffee")) == [platform]
