"""Tests of variations against each other, and how each variation does."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.history import tracked
from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
    one_of,
    ordered,
)
from personalization.models.measures import (
    LARGEST,
    a_currency,
    change,
    currency,
    money,
    ratio,
    share,
)

TEST = "experiments_abtest"
VARIATION = "experiments_testvariation"


class TestStatus(models.TextChoices):
    __test__ = False

    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


class TestType(models.TextChoices):
    __test__ = False

    SIMPLE_AB = "simple_ab", _("simple A/B")
    MULTIVARIATE = "multivariate", _("multivariate")
    SPLIT_URL = "split_url", _("split address")
    CONTENT_VARIATION = "content_variation", _("variation of content")


class StatisticalSignificance(models.TextChoices):
    """By p on the always-valid scale: below .01, below .05, below .10, or not."""

    NOT_SIGNIFICANT = "not_significant", _("not significant")
    APPROACHING = "approaching", _("approaching significance")
    SIGNIFICANT = "significant", _("significant")
    HIGHLY_SIGNIFICANT = "highly_significant", _("highly significant")

    @classmethod
    def of(cls, p_value: float | None) -> "StatisticalSignificance":
        """What a p-value, 0..1, amounts to; none at all is not significant."""
        for limit, status in (
            (0.01, cls.HIGHLY_SIGNIFICANT),
            (0.05, cls.SIGNIFICANT),
            (0.10, cls.APPROACHING),
        ):
            if p_value is not None and p_value < limit:
                return status
        return cls.NOT_SIGNIFICANT


@tracked(
    exclude=(
        "confidence_level",
        "significance_status",
        "p_value",
        "projected_lift",
        "revenue_impact",
    )
)
class ABTest(StatusMixin, TenantModel):
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        TestStatus.DRAFT: frozenset({TestStatus.ACTIVE, TestStatus.CANCELLED}),
        TestStatus.ACTIVE: frozenset(
            {TestStatus.PAUSED, TestStatus.COMPLETED, TestStatus.CANCELLED}
        ),
        TestStatus.PAUSED: frozenset(
            {TestStatus.ACTIVE, TestStatus.COMPLETED, TestStatus.CANCELLED}
        ),
        TestStatus.COMPLETED: frozenset(),
        TestStatus.CANCELLED: frozenset(),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
        verbose_name=_("user"),
        help_text=_("Who set it up."),
    )
    profile = TenantForeignKey(
        "personalization.MetaUserProfile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ab_tests",
        verbose_name=_("marketing profile"),
    )
    campaign = TenantForeignKey(
        "personalization.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ab_tests",
        verbose_name=_("campaign"),
    )
    name = models.CharField(_("name"), max_length=255)
    test_type = models.CharField(
        pgettext_lazy("of a thing", "type"),
        max_length=20,
        choices=TestType,
        default=TestType.SIMPLE_AB,
    )
    hypothesis = models.TextField(_("hypothesis"), blank=True)
    confidence_threshold = share(_("wanted confidence"), default=0.95)
    sample_size = models.PositiveIntegerField(
        _("sample size"),
        null=True,
        blank=True,
        help_text=_("People that each variation needs."),
    )
    duration_days = models.PositiveSmallIntegerField(
        _("planned duration"), null=True, blank=True, help_text=_("In days.")
    )
    traffic_split = models.JSONField(
        _("split of traffic"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Per cent of the traffic for each variation, as it was at the start."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=TestStatus,
        default=TestStatus.DRAFT,
        db_default=TestStatus.DRAFT,
        editable=False,
    )
    start_date = models.DateTimeField(_("started at"), null=True, blank=True, editable=False)
    end_date = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    winning_variation = TenantForeignKey(
        "experiments.TestVariation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("winner"),
    )
    confidence_level = share(_("confidence level"), editable=False)
    significance_status = models.CharField(
        _("significance"),
        max_length=20,
        choices=StatisticalSignificance,
        default=StatisticalSignificance.NOT_SIGNIFICANT,
        db_default=StatisticalSignificance.NOT_SIGNIFICANT,
        editable=False,
    )
    p_value = share(_("p-value"), editable=False)
    projected_lift = change(_("projected lift"), editable=False)
    revenue_impact = money(_("impact on revenue"), validators=[], editable=False)
    currency = currency()

    class Meta(TenantModel.Meta):
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name=f"{TEST}_name"),
            one_of(TEST, "test_type", TestType),
            one_of(TEST, "status", TestStatus),
            one_of(TEST, "significance_status", StatisticalSignificance),
            *between(TEST, 0, 1, "confidence_threshold", "confidence_level", "p_value"),
            *between(TEST, -1, LARGEST, "projected_lift"),
            a_currency(TEST),
            ordered(TEST, "start_date", "end_date"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["active", "paused", "completed"])
                | models.Q(start_date__isnull=False),
                name=f"{TEST}_has_started",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["completed", "cancelled"], end_date__isnull=False)
                | models.Q(status__in=["draft", "active", "paused"], end_date__isnull=True),
                name=f"{TEST}_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "user", "status"], name="abtest_user_status"),
            models.Index(fields=["workspace", "status", "-id"], name="abtest_status"),
            models.Index(fields=["workspace", "test_type", "-id"], name="abtest_type"),
            models.Index(fields=["workspace", "-start_date", "-id"], name="abtest_start"),
            models.Index(
                fields=["workspace", "significance_status", "-id"], name="abtest_significance"
            ),
            models.Index(fields=["workspace", "campaign", "-id"], name="abtest_campaign"),
            models.Index(fields=["workspace", "profile"], name="abtest_profile"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(
    exclude=(
        "visitors",
        "impressions",
        "clicks",
        "conversions",
        "revenue",
        "confidence_interval_lower",
        "confidence_interval_upper",
        "statistical_power",
    )
)
class TestVariation(TenantModel):
    __test__ = False

    # The test is the workspace's, whoever set it up; nobody is named here.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    ab_test = TenantForeignKey(
        ABTest,
        on_delete=models.CASCADE,
        related_name="variations",
        db_index=False,
        verbose_name=_("test"),
    )
    variation_id = models.CharField(
        _("identifier"),
        max_length=64,
        validators=[RegexValidator(r"^[A-Za-z0-9_-]+$")],
        help_text=_("A word of the test's own, such as control."),
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    traffic_percentage = models.DecimalField(
        _("share of traffic"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Per cent; all of a test's make 100 when it starts."),
    )
    content_configuration = models.JSONField(_("content"), default=dict, blank=True)
    visitors = models.PositiveIntegerField(
        _("people"),
        default=0,
        db_default=0,
        editable=False,
        help_text=_("Distinct people who saw it."),
    )
    impressions = models.PositiveIntegerField(
        _("impressions"), default=0, db_default=0, editable=False
    )
    clicks = models.PositiveIntegerField(_("clicks"), default=0, db_default=0, editable=False)
    conversions = models.PositiveIntegerField(
        _("conversions"), default=0, db_default=0, editable=False
    )
    revenue = money(
        _("revenue"),
        default=Decimal(0),
        db_default=Decimal(0),
        editable=False,
        help_text=_("In the test's currency."),
    )
    ctr = models.GeneratedField(
        expression=ratio("clicks", "impressions"),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("click-through rate"),
        help_text=_("Clicks for each impression; empty without impressions."),
    )
    conversion_rate = models.GeneratedField(
        expression=ratio("conversions", "visitors"),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("conversion rate"),
        help_text=_("Share of the people who converted, 0..1; empty without people."),
    )
    revenue_per_visitor = models.GeneratedField(
        expression=models.F("revenue")
        / NullIf(
            Cast("visitors", models.DecimalField(max_digits=14, decimal_places=0)),
            models.Value(Decimal(0)),
        ),
        output_field=models.DecimalField(max_digits=16, decimal_places=4),
        db_persist=True,
        verbose_name=_("revenue a person"),
        help_text=_("In the test's currency; empty without people."),
    )
    confidence_interval_lower = share(_("interval from"), editable=False)
    confidence_interval_upper = share(_("interval to"), editable=False)
    statistical_power = share(_("power"), editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("variation")
        verbose_name_plural = _("variations")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "ab_test", "variation_id"], name=f"{VARIATION}_identifier"
            ),
            models.UniqueConstraint(
                fields=["workspace", "ab_test", "name"], name=f"{VARIATION}_name"
            ),
            # What a winner is referred to by: a variation together with its test.
            models.UniqueConstraint(fields=["ab_test", "id"], name=f"{VARIATION}_of_test"),
            *between(
                VARIATION,
                0,
                1,
                "confidence_interval_lower",
                "confidence_interval_upper",
                "statistical_power",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence_interval_lower__isnull=True)
                | models.Q(confidence_interval_upper__isnull=True)
                | models.Q(confidence_interval_upper__gte=models.F("confidence_interval_lower")),
                name=f"{VARIATION}_interval",
            ),
            models.CheckConstraint(
                condition=models.Q(traffic_percentage__gte=0, traffic_percentage__lte=100),
                name=f"{VARIATION}_traffic_percentage",
            ),
            models.CheckConstraint(
                condition=models.Q(conversions__lte=models.F("visitors")),
                name=f"{VARIATION}_conversions_of_people",
            ),
            *not_negative(VARIATION, "revenue"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "ab_test", "-conversion_rate", "-id"],
                name="testvariation_conversion_rate",
            ),
            models.Index(fields=["workspace", "ab_test", "-ctr", "-id"], name="testvariation_ctr"),
            models.Index(fields=["workspace", "variation_id"], name="testvariation_identifier"),
        ]

    def __str__(self) -> str:
        return self.name
