"""What is known of the built-in templates is measured, and stays true."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from builder import library, template_measures
from builder.models import Template, TemplateAIMetadata
from builder.template_library import load
from builder.template_shapes import metadata_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def marram():
    library.load_templates()
    return TemplateAIMetadata.objects.get(template__slug="marram")


def test_each_template_has_its_metadata_and_loading_twice_changes_nothing(marram):
    assert TemplateAIMetadata.objects.count() == Template.objects.count() == len(load())
    before = list(TemplateAIMetadata.objects.order_by("id").values())
    assert library.load_templates() == (0, 0)
    assert list(TemplateAIMetadata.objects.order_by("id").values()) == before


def test_what_is_measured_is_what_the_template_has(marram):
    pages = marram.template.document["pages"]
    assert marram.layout_effectiveness["pages"] == len(pages)
    assert marram.layout_effectiveness["sections"] == sum(
        len(page["layout"]["content"]) for page in pages
    )
    forms = [item for item in marram.intelligent_components if item["type"] == "contact_form"]
    assert [(item["component_id"], item["page_key"]) for item in forms] == [
        ("contact-form", "contact")
    ]
    assert "email" in forms[0]["customization_options"]["fields"]
    assert marram.color_psychology["palette"]["accent"] == "#3d4a12"
    assert marram.responsive_breakpoints == {"medium": "46rem", "wide": "66rem"}
    assert marram.industry_focus == ["Architecture"]
    assert metadata_faults(marram) == []


def test_the_setup_time_is_its_words_at_forty_a_minute(marram):
    assert marram.layout_effectiveness["words"] > 0
    for each in TemplateAIMetadata.objects.all():
        assert 0 <= each.estimated_setup_time - each.layout_effectiveness["words"] / 40 < 1


def test_nothing_is_predicted_that_nobody_predicted(marram):
    for name in (
        "predicted_conversion_rate", "predicted_engagement_score", "ai_confidence_score",
        "actual_conversion_rate", "actual_engagement_score", "prediction_accuracy",
        "usage_satisfaction", "last_ai_update",
    ):  # fmt: skip
        assert getattr(marram, name) is None, name
    assert marram.customization_suggestions == []


def test_what_visitors_do_not_read_is_no_word():
    props = {"id": "a b", "title": "Two words", "href": "page:x y", "items": [{"text": "one"}]}
    assert template_measures.word_count(props) == 3
    assert template_measures.word_count(7) == 0


def test_contrast_is_that_of_wcag():
    assert template_measures.contrast("#000000", "#ffffff") == 21
    assert template_measures.contrast("#777777", "#ffffff") == 4.48


def test_what_a_model_wrote_stays_and_measures_are_renewed(marram):
    TemplateAIMetadata.objects.filter(pk=marram.pk).update(
        last_ai_update=timezone.now(), ai_description="Quiet.", estimated_setup_time=1
    )
    library.load_templates()
    marram.refresh_from_db()
    assert marram.ai_description == "Quiet."
    assert marram.estimated_setup_time > 1


@pytest.mark.parametrize(
    ("predicted", "actual", "accuracy"),
    [(0.04, 0.02, 0.5), (0.02, 0.04, 0.5), (0.1, 0.1, 1), (0, 0, 1), (0, 0.3, 0), (0, None, None),
     (None, 0.2, None)],
)  # fmt: skip
def test_accuracy_is_the_smaller_rate_over_the_larger(marram, predicted, actual, accuracy):
    TemplateAIMetadata.objects.filter(pk=marram.pk).update(
        predicted_conversion_rate=predicted, actual_conversion_rate=actual
    )
    marram.refresh_from_db()
    assert marram.prediction_accuracy == (None if accuracy is None else pytest.approx(accuracy))


def test_a_suggestion_of_another_shape_is_named_with_its_place(marram):
    marram.customization_suggestions = [
        {"target": "hero", "property": "title", "suggestion": "Shorter", "impact": 1.5},
        {"target": "hero"},
    ]
    pointers = {fault.pointer for fault in metadata_faults(marram)}
    assert pointers == {
        "/customization_suggestions/0/impact",
        "/customization_suggestions/1/property",
        "/customization_suggestions/1/suggestion",
        "/customization_suggestions/1/impact",
    }
    with pytest.raises(ValidationError, match="impact"):
        marram.full_clean()
