"""Traffic is read by tenants and written by jobs only."""

from django.db import migrations

from accounts.tenancy.operations import EnableRowSecurity, TenantForeignKeys


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [
        EnableRowSecurity("TrafficRollup", writers=()),
        TenantForeignKeys("TrafficRollup"),
    ]
