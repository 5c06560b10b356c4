"""Comments that answer each other, and projects in the bin."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0007_answer_for_domains")]

    operations = []
