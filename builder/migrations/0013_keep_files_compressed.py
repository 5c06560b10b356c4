"""A published file that is kept compressed is not kept once more as it is.

Files of before stay as they are. Going back unzips what was published meanwhile, a hundred at once.
"""

import gzip

from django.db import migrations, models

_SIZE = models.Func(models.F("body"), function="octet_length", output_field=models.IntegerField())
_HERE = models.Q(stored_as="", body__isnull=False, size=_SIZE)
_ZIPPED = models.Q(stored_as="", body__isnull=True, gzip__isnull=False)
_STORED = ~models.Q(stored_as="") & models.Q(body__isnull=True, gzip__isnull=True, br__isnull=True)
_NAME = "builder_releasefile_place"


def unzip(apps, schema_editor):
    files = apps.get_model("builder", "ReleaseFile").objects.filter(_ZIPPED)
    # Published files are not changed but here.
    schema_editor.execute("alter table builder_releasefile disable trigger user")
    while some := list(files[:100]):
        for file in some:
            file.body = gzip.decompress(file.gzip)
            file.save(update_fields=["body"])
    schema_editor.execute("alter table builder_releasefile enable trigger user")


class Migration(migrations.Migration):
    dependencies = [("builder", "0012_ask_makers_again")]

    operations = [
        migrations.RemoveConstraint("releasefile", _NAME),
        migrations.RunPython(migrations.RunPython.noop, unzip),
        migrations.AddConstraint(
            "releasefile",
            models.CheckConstraint(condition=_HERE | _ZIPPED | _STORED, name=_NAME),
        ),
    ]
