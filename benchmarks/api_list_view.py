"""What one would write with REST framework alone: the same list, by serializer and model objects.

It stands behind the same middleware, authentication, permission and limits as the platform's own.
"""

from typing import Any

from django.urls import path
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer

from accounts.api.base import workspace_id_of
from config.urls import urlpatterns as platform
from journeys.api.visitor_serializers import EventSerializer
from journeys.models import Event


class StockSerializer(ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Event
        fields = EventSerializer.Meta.fields


class StockPagination(CursorPagination):
    ordering = "-id"
    page_size = 50
    page_size_query_param = "limit"


class StockList(ListAPIView):  # type: ignore[type-arg]
    queryset = Event.objects.all()
    serializer_class = StockSerializer
    pagination_class = StockPagination
    renderer_classes = [JSONRenderer]
    filter_backends = ()

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(workspace_id=workspace_id_of(self.request))


urlpatterns = [path("api/v1/stock-events/", StockList.as_view()), *platform]
