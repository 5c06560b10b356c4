"""The keys of events that people filter by, found without reading the events."""

from django.db import migrations, models

from accounts.tenancy.partitioning import AddIndexToPartitions


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("journeys", "0003_keep_history")]

    operations = [
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("path__isnull", False)),
                fields=["workspace", "path", "timestamp"],
                name="journeys_event_path",
            ),
        ),
        AddIndexToPartitions(
            model_name="event",
            index=models.Index(
                condition=models.Q(("utm_source__isnull", False)),
                fields=["workspace", "utm_source", "timestamp"],
                name="journeys_event_utm_source",
            ),
        ),
    ]
