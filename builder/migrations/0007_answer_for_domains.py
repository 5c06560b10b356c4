"""Hosts of the customers' own, redirects, sites behind a password."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0006_publish_on_time")]

    operations = []
