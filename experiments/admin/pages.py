from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ConsoleStack, ConsoleTable, ReadOnlyConsolePage
from accounts.admin.figures import percent, share_column
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from experiments import lifecycle
from experiments.admin.rates import rate_bar, rates_table
from experiments.lifecycle import LifecycleError
from experiments.models import ABTest, TestResult, TestStatus, TestVariation
from personalization.admin.showing import document, status_column


class VariationStack(ConsoleStack):
    """A draft's variations; those of a test that has started are shown as they are."""

    model = TestVariation
    fields = [
        "variation_id", "name", "traffic_percentage", "description", "content_configuration",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)


class ResultTable(ConsoleTable):
    model = TestResult
    fields = [
        "calculated_at", "significance_status", "p_value", "winning_variation", "projected_lift",
    ]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("winning_variation")


@admin.register(ABTest)
class ABTestPage(StatusActions, ConsolePage):
    list_display = [
        "name", "test_type", "shown_status", "campaign_link", "variation_count",
        "significance_status", "lift", "start_date", "end_date",
    ]  # fmt: skip
    list_filter = ["status", "test_type", "significance_status", "campaign"]
    list_select_related = ["campaign"]
    search_fields = ["name", "hypothesis"]
    readonly_fields = [
        "status", "rates", "start_date", "end_date", "winning_variation", "significance_status",
        "p_value", "confidence_level", "projected_lift", "revenue_impact", "user", "created_at",
        "updated_at",
    ]  # fmt: skip
    inlines = [VariationStack, ResultTable]
    move_names = {
        TestStatus.ACTIVE: _("Start the test, or go on with it"),
        TestStatus.PAUSED: _("Pause the test"),
        TestStatus.COMPLETED: _("Complete the test"),
        TestStatus.CANCELLED: _("Cancel the test"),
    }
    move_notes = {
        TestStatus.ACTIVE: _("From then on its variations stay as they are."),
        TestStatus.COMPLETED: _("A test that is completed does not start again."),
        TestStatus.CANCELLED: _("A test that is cancelled does not start again."),
    }
    dangerous_moves = frozenset({TestStatus.CANCELLED})
    shown_status = status_column(_("status"))
    campaign_link = related_link("campaign")

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = models.Count("variations")
        return super().get_queryset(request).annotate(_variations=counted)

    @admin.display(description=_("variations"), ordering="_variations")
    def variation_count(self, ab_test: Any) -> int:
        return int(ab_test._variations)

    @admin.display(description=_("projected lift"), ordering="projected_lift")
    def lift(self, ab_test: ABTest) -> str:
        return percent(ab_test.projected_lift)

    @admin.display(description=_("conversion rates"))
    def rates(self, ab_test: ABTest) -> SafeString:
        return rates_table(list(ab_test.variations.order_by("id")))

    def refusal(self, request: HttpRequest, obj: Any, status: str) -> str:
        """Also a draft whose variations do not have all the traffic cannot start."""
        refused = super().refusal(request, obj, status)
        if refused or status != TestStatus.ACTIVE or obj.status != TestStatus.DRAFT:
            return refused
        try:
            lifecycle.require_whole_traffic(list(obj.variations.all()))
        except LifecycleError as error:
            return str(error)
        return ""

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        now = timezone.now()
        if status == TestStatus.ACTIVE and obj.status == TestStatus.DRAFT:
            lifecycle.start(ab_test=obj, now=now)
        elif status == TestStatus.ACTIVE:
            lifecycle.resume(ab_test=obj)
        elif status == TestStatus.PAUSED:
            lifecycle.pause(ab_test=obj)
        elif status == TestStatus.COMPLETED:
            lifecycle.complete(ab_test=obj, now=now)
        else:
            lifecycle.cancel(ab_test=obj, now=now)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft or a cancelled test goes, one at a time."""
        discarded = (TestStatus.DRAFT, TestStatus.CANCELLED)
        return super().has_delete_permission(request, obj) and (
            obj is None or obj.status in discarded
        )

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.user = request.user
        super().save_model(request, obj, form, change)


@admin.register(TestVariation)
class TestVariationPage(ReadOnlyConsolePage):
    """All variations side by side; they are changed with their test."""

    list_display = [
        "name", "test_link", "traffic_percentage", "visitors", "rate", "clicked", "revenue",
    ]  # fmt: skip
    list_filter = ["ab_test__status"]
    list_select_related = ["ab_test"]
    search_fields = ["name", "variation_id", "ab_test__name"]
    exclude = ["content_configuration"]
    readonly_fields = ["shown_configuration", "ctr", "conversion_rate", "revenue_per_visitor"]
    test_link = related_link("ab_test")
    clicked = share_column("ctr", description=_("click-through rate"))
    shown_configuration = document("content_configuration", _("content"))

    @admin.display(description=_("conversion rate"), ordering="conversion_rate")
    def rate(self, variation: TestVariation) -> SafeString:
        return rate_bar(
            variation.conversion_rate,
            variation.confidence_interval_lower,
            variation.confidence_interval_upper,
            1,
        )


@admin.register(TestResult)
class TestResultPage(ReadOnlyConsolePage):
    list_display = [
        "test_link", "significance_status", "p_value", "winner_link", "projected_lift",
        "confidence", "calculated_at",
    ]  # fmt: skip
    list_filter = ["significance_status"]
    list_select_related = ["ab_test", "winning_variation"]
    search_fields = ["ab_test__name"]
    exclude = ["variation_comparisons", "statistical_details"]
    readonly_fields = ["shown_comparisons", "shown_details"]
    test_link = related_link("ab_test")
    winner_link = related_link("winning_variation")
    confidence = share_column("confidence_level", description=_("confidence level"))
    shown_comparisons = document("variation_comparisons", _("comparisons"))
    shown_details = document("statistical_details", _("details"))


def _is_draft(obj: Any) -> bool:
    """Whether a test's variations may change: that of a page still to be saved may."""
    return obj is None or not isinstance(obj, ABTest) or obj.status == TestStatus.DRAFT
