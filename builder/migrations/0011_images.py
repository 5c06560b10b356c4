"""Pictures that members give to their sites."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0010_invite_guests")]
    operations: list[migrations.operations.base.Operation] = []
