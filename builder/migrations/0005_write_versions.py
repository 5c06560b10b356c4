"""What is saved is kept as versions, written by the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0004_keep_history")]

    operations = []
