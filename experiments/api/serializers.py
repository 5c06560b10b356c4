from typing import Any

from rest_framework import serializers

from accounts.api.base import WorkspaceRelatedField, WorkspaceSerializer
from experiments import lifecycle
from experiments.models import ABTest, TestResult, TestVariation


class ABTestSerializer(WorkspaceSerializer):
    class Meta:
        model = ABTest
        fields = [
            "id", "user", "profile", "campaign", "name", "test_type", "hypothesis",
            "confidence_threshold", "sample_size", "duration_days", "traffic_split", "status",
            "start_date", "end_date", "winning_variation", "confidence_level",
            "significance_status", "p_value", "projected_lift", "revenue_impact", "currency",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "user", "traffic_split", "status", "start_date", "end_date", "winning_variation",
            "confidence_level", "significance_status", "p_value", "projected_lift",
            "revenue_impact",
        ]  # fmt: skip


class ABTestSummary(WorkspaceSerializer):
    """A test inside of something that belongs to it."""

    class Meta:
        model = ABTest
        fields = ["id", "name", "test_type", "status"]
        read_only_fields = fields


class TestVariationSerializer(WorkspaceSerializer):
    class Meta:
        model = TestVariation
        fields = [
            "id", "ab_test", "variation_id", "name", "description", "traffic_percentage",
            "content_configuration", "visitors", "impressions", "clicks", "conversions",
            "revenue", "ctr", "conversion_rate", "revenue_per_visitor",
            "confidence_interval_lower", "confidence_interval_upper", "statistical_power",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "visitors", "impressions", "clicks", "conversions", "revenue", "ctr",
            "conversion_rate", "revenue_per_visitor", "confidence_interval_lower",
            "confidence_interval_upper", "statistical_power",
        ]  # fmt: skip

    def validate_ab_test(self, ab_test: ABTest) -> ABTest:
        if self.instance is not None and self.instance.ab_test_id != ab_test.pk:
            raise serializers.ValidationError("A variation stays with its test.", code="fixed")
        return ab_test

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        held = self.instance.ab_test if self.instance is not None else attributes["ab_test"]
        lifecycle.require_draft(held)
        return attributes


class TestResultSerializer(WorkspaceSerializer):
    class Meta:
        model = TestResult
        fields = [
            "id", "ab_test", "total_impressions", "total_conversions", "duration_days", "p_value",
            "effect_size", "statistical_power", "winning_variation", "confidence_level",
            "significance_status", "projected_lift", "estimated_revenue_impact",
            "variation_comparisons", "statistical_details", "calculated_at",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class TestCompletionSerializer(serializers.Serializer[ABTest]):
    winning_variation = WorkspaceRelatedField(
        queryset=TestVariation.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="The variation of this test that is shown from now on.",
    )
