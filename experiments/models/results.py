"""What a test came to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PersonalData, TenantForeignKey, TenantModel, between, one_of
from experiments.models.tests import ABTest, StatisticalSignificance, TestVariation
from personalization.models.measures import LARGEST, change, measure, money, share

TABLE = "experiments_testresult"


class TestResult(TenantModel):
    """One calculation; a test has as many as there were, the latest being its result."""

    __test__ = False

    # The test is the workspace's, whoever set it up; nobody is named here.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    ab_test = TenantForeignKey(
        ABTest,
        on_delete=models.CASCADE,
        related_name="results",
        db_index=False,
        verbose_name=_("test"),
    )
    total_impressions = models.PositiveBigIntegerField(_("impressions"), default=0)
    total_conversions = models.PositiveBigIntegerField(_("conversions"), default=0)
    duration_days = models.FloatField(
        _("duration"), null=True, blank=True, help_text=_("In days, from the start.")
    )
    p_value = share(_("p-value"))
    effect_size = measure(_("size of the effect"))
    statistical_power = share(_("power"))
    winning_variation = TenantForeignKey(
        TestVariation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("winner"),
    )
    confidence_level = share(_("confidence level"))
    significance_status = models.CharField(
        _("significance"),
        max_length=20,
        choices=StatisticalSignificance,
        default=StatisticalSignificance.NOT_SIGNIFICANT,
    )
    projected_lift = change(_("projected lift"))
    estimated_revenue_impact = money(
        _("impact on revenue"), validators=[], help_text=_("In the test's currency.")
    )
    variation_comparisons = models.JSONField(_("comparisons"), default=list, blank=True)
    statistical_details = models.JSONField(_("details"), default=dict, blank=True)
    calculated_at = models.DateTimeField(_("calculated at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("result of a test")
        verbose_name_plural = _("results of tests")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "ab_test", "calculated_at"], name=f"{TABLE}_calculation"
            ),
            one_of(TABLE, "significance_status", StatisticalSignificance),
            *between(TABLE, 0, 1, "p_value", "statistical_power", "confidence_level"),
            *between(TABLE, -LARGEST, LARGEST, "effect_size"),
            *between(TABLE, -1, LARGEST, "projected_lift"),
            *between(TABLE, 0, None, "duration_days"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "significance_status", "-id"], name="testresult_significance"
            ),
            models.Index(
                fields=["workspace", "-calculated_at", "-id"], name="testresult_calculated"
            ),
            models.Index(
                fields=["workspace", "-confidence_level", "-id"], name="testresult_confidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ab_test} · {self.calculated_at:%Y-%m-%d}"
