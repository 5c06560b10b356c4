"""Pictures that members give to their sites."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
from accounts.tenancy.operations import IN_WORKSPACE, EnableRowSecurity, TenantForeignKeys

# Who works on a project of another workspace sees the pictures that were uploaded for it.
OF_MY_PROJECTS = "project_id = any(array(select my_projects()))"
SEEN = f"({IN_WORKSPACE} or {OF_MY_PROJECTS})"
FILES_SEEN = f"""({IN_WORKSPACE} or image_id = any(array(
    select id from builder_image where {OF_MY_PROJECTS})))"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_invite_guests"),
        ("builder", "0010_invite_guests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "sha256",
                    models.CharField(
                        editable=False,
                        help_text="Of the file as it was uploaded.",
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "content_type",
                    models.CharField(
                        editable=False,
                        help_text="Of the file as it was uploaded.",
                        max_length=20,
                        verbose_name="content type",
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(
                        editable=False,
                        help_text="Bytes of the file as it was uploaded.",
                        verbose_name="size",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                (
                    "has_alpha",
                    models.BooleanField(
                        editable=False,
                        help_text="Whether something shows through it.",
                        verbose_name="transparent",
                    ),
                ),
                (
                    "focal_x",
                    models.FloatField(
                        db_default=0.5,
                        default=0.5,
                        help_text="What stays in sight when the picture is cut: 0 is its left, 1 its right.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="focal point across",
                    ),
                ),
                (
                    "focal_y",
                    models.FloatField(
                        db_default=0.5,
                        default=0.5,
                        help_text="0 is its top, 1 its bottom.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="focal point down",
                    ),
                ),
                (
                    "alt",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What is in the picture, for those who do not see it, by language.",
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "rendered_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="Since when each of its files has been made.",
                        null=True,
                        verbose_name="ready since",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="What it was uploaded for; every project of the workspace may use it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="images",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImageRendition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("master", "master copy"),
                            ("avif", "AVIF"),
                            ("webp", "WebP"),
                            ("jpeg", "JPEG"),
                            ("png", "PNG"),
                        ],
                        max_length=6,
                        verbose_name="format",
                    ),
                ),
                ("width", models.PositiveIntegerField(verbose_name="width")),
                ("content_type", models.CharField(max_length=20, verbose_name="content type")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.IntegerField(help_text="Bytes.", verbose_name="size")),
                ("body", models.BinaryField(null=True, verbose_name="body")),
                (
                    "stored_as",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="The file's name in the storage; empty: its bytes are in the database.",
                        max_length=200,
                        verbose_name="stored as",
                    ),
                ),
                (
                    "image",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="builder.image",
                        verbose_name="picture",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a picture",
                "verbose_name_plural": "files of pictures",
            },
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["workspace", "project"], name="builder_image_of_project"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("project__isnull", False)),
                fields=["project"],
                name="builder_image_for_guests",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("rendered_at__isnull", True)),
                fields=["created_at"],
                name="builder_image_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.UniqueConstraint(
                fields=("workspace", "sha256"), name="builder_image_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__gte", 0.0), ("focal_x__lte", 1.0)),
                name="builder_image_focal_x",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_y__gte", 0.0), ("focal_y__lte", 1.0)),
                name="builder_image_focal_y",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gte", 1), ("size__gte", 1), ("width__gte", 1)),
                name="builder_image_size",
            ),
        ),
        migrations.AddIndex(
            model_name="imagerendition",
            index=models.Index(fields=["workspace", "sha256"], name="builder_rendition_by_hash"),
        ),
        migrations.AddIndex(
            model_name="imagerendition",
            index=models.Index(fields=["image"], name="builder_rendition_for_guests"),
        ),
        migrations.AddConstraint(
            model_name="imagerendition",
            constraint=models.UniqueConstraint(
                fields=("workspace", "image", "format", "width"), name="builder_rendition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="imagerendition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("body__isnull", False),
                        (
                            "size",
                            models.Func(
                                models.F("body"),
                                function="octet_length",
                                output_field=models.IntegerField(),
                            ),
                        ),
                        ("stored_as", ""),
                    ),
                    models.Q(models.Q(("stored_as", ""), _negated=True), ("body__isnull", True)),
                    _connector="OR",
                ),
                name="builder_rendition_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="imagerendition",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("width__gte", 1)),
                name="builder_rendition_size",
            ),
        ),
        EnableRowSecurity("Image", using=SEEN),
        EnableRowSecurity("ImageRendition", using=FILES_SEEN),
        TenantForeignKeys("Image"),
        TenantForeignKeys("ImageRendition"),
    ]
