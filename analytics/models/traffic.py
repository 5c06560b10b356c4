"""What happened on a site, by the hour and by the day."""

import datetime
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import TenantForeignKey, TenantModel


class TrafficQuerySet(models.QuerySet["TrafficRollup"]):
    def days(self) -> "TrafficQuerySet":
        return self.filter(granularity=TrafficRollup.Granularity.DAY)

    def hours(self) -> "TrafficQuerySet":
        return self.filter(granularity=TrafficRollup.Granularity.HOUR)

    def between(self, start: datetime.datetime, end: datetime.datetime) -> "TrafficQuerySet":
        """Buckets that begin in [start, end)."""
        return self.filter(bucket_start__gte=start, bucket_start__lt=end)

    def of_project(self, project_id: uuid.UUID) -> "TrafficQuerySet":
        return self.filter(project_id=project_id)

    def totals(self) -> dict[str, int]:
        """The sums of every count over the chosen buckets; visitors are summed by bucket."""
        return self.aggregate(
            **{name: models.functions.Coalesce(models.Sum(name), 0) for name in COUNTS}
        )


COUNTS = ("visits", "visitors", "page_views", "submissions", "leads")


class TrafficRollup(TenantModel):
    """One project's counts in one bucket: an hour of UTC, or a day of the workspace's time zone."""

    class Granularity(models.TextChoices):
        HOUR = "hour", _("hour")
        DAY = "day", _("day")

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        related_name="traffic",
        verbose_name=_("project"),
    )
    granularity = models.CharField(_("granularity"), max_length=4, choices=Granularity)
    bucket_start = models.DateTimeField(_("bucket start"))
    visits = models.PositiveIntegerField(_("visits"), default=0, help_text=_("Distinct sessions."))
    visitors = models.PositiveIntegerField(
        _("visitors"), default=0, help_text=_("Distinct people, as far as they can be told apart.")
    )
    page_views = models.PositiveIntegerField(_("page views"), default=0)
    submissions = models.PositiveIntegerField(_("form submissions"), default=0)
    leads = models.PositiveIntegerField(_("leads"), default=0)

    objects = TrafficQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("traffic")
        verbose_name_plural = _("traffic")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "project", "granularity", "bucket_start"],
                name="analytics_traffic_bucket",
            ),
            models.CheckConstraint(
                condition=models.Q(granularity__in=["hour", "day"]),
                name="analytics_traffic_granularity",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "granularity", "bucket_start"], name="analytics_traffic_recent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bucket_start:%Y-%m-%d %H:%M} ({self.granularity})"


class RollupMark(models.Model):
    """Up to when a roll-up has read its source; one row a roll-up."""

    name = models.CharField(max_length=40, primary_key=True)
    read_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.read_until:%Y-%m-%d %H:%M:%S}"
