"""Projects made in one call, and taken from one installation to another."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0008_thread_comments")]

    operations = []
