"""Releases that are rendered in part, and published when their time comes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0005_write_versions")]

    operations = []
