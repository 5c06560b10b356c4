"""Projects taken from one installation to another, with their history.

A record's first version is numbered after those that it has: an imported project's history is
written before the project, whose key is then checked when the import says so. Everything else is
checked at once, as before.
"""

from django.db import migrations

KEY = "alter table builder_versionhistory alter constraint builder_versionhistory_project_id_workspace"


class Migration(migrations.Migration):
    dependencies = [("builder", "0008_thread_comments")]

    operations = [
        migrations.RunSQL(f"{KEY} deferrable initially immediate", f"{KEY} not deferrable"),
    ]
