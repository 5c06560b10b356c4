from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from analytics.models import TrafficRollup


class TrafficSerializer(WorkspaceSerializer):
    class Meta:
        model = TrafficRollup
        fields = [
            "id",
            "project",
            "granularity",
            "bucket_start",
            "visits",
            "visitors",
            "page_views",
            "submissions",
            "leads",
            "updated_at",
        ]


class FunnelStepSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    share = serializers.FloatField(help_text="Of the first step, 0..1.")
    rate = serializers.FloatField(help_text="Of the step before, 0..1.")


class FunnelSerializer(serializers.Serializer[object]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    steps = FunnelStepSerializer(many=True)


class FunnelQuerySerializer(serializers.Serializer[object]):
    project = serializers.UUIDField(required=False, help_text="One project; default: all.")
    days = serializers.IntegerField(
        default=30, min_value=1, max_value=400, help_text="Whole local days, today included."
    )
