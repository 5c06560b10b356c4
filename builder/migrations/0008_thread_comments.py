"""Comments that answer each other, and projects in the bin."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
from accounts.tenancy.operations import IN_WORKSPACE, DefineFunction, EnableRowSecurity

SQL = Path(__file__).parent / "sql"


def statements(name):
    return migrations.RunSQL(
        (SQL / f"{name}.sql").read_text(), (SQL / f"{name}_reverse.sql").read_text()
    )


# What the policies hide: a tenant's binned projects, and the documents in them.
MY_BIN = """() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from builder_project where trashed_at is not null
    and (workspace_id = (select app_workspace()) or id = any(array(select my_projects())))
$$"""
MY_BIN_SITEMAPS = """() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from builder_sitemap where project_id = any(array(select my_bin()))
$$"""
MY_BIN_WIREFRAMES = """() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from builder_wireframe where sitemap_id = any(array(select my_bin_sitemaps()))
$$"""
TENANT = ("halfhour_tenant",)

# A preview is closed while its project is in the bin; before, as in 0003_serve_sites.
PREVIEW = """(wanted uuid) returns table (project_id uuid, workspace_id uuid, language text,
    release_id uuid, manifest jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.workspace_id, p.language::text, r.id, r.manifest
    from builder_release r join builder_project p on p.id = r.project_id
    where r.id = wanted and r.kind = 'preview'{and_standing}
$$"""
REPLACE_PREVIEW = "create or replace function builder_preview" + PREVIEW

# As TenantForeignKeys makes it; beyond that a comment takes its mentions along.
MENTION_KEY = """
create unique index if not exists builder_comment_workspace_id_id
    on builder_comment (workspace_id, id);
alter table builder_commentmention add constraint builder_commentmention_comment_id_workspace
    foreign key (workspace_id, comment_id) references builder_comment (workspace_id, id)
    on delete cascade;
"""
MENTION_KEY_REVERSE = """
alter table builder_commentmention drop constraint builder_commentmention_comment_id_workspace;
drop index builder_comment_workspace_id_id;
"""

COMMENT_STATE = [
    migrations.RemoveConstraint(
        model_name="comment",
        name="builder_comment_body",
    ),
    migrations.AddField(
        model_name="comment",
        name="component_id",
        field=models.CharField(
            blank=True, db_default="", default="", max_length=128, verbose_name="component"
        ),
    ),
    migrations.AddField(
        model_name="comment",
        name="deleted_at",
        field=models.DateTimeField(blank=True, null=True, verbose_name="deleted at"),
    ),
    migrations.AddField(
        model_name="comment",
        name="page_key",
        field=models.CharField(
            blank=True, db_default="", default="", max_length=64, verbose_name="name of the page"
        ),
    ),
    migrations.AddField(
        model_name="comment",
        name="parent",
        field=accounts.models.base.TenantForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="replies",
            to="builder.comment",
            verbose_name="in reply to",
        ),
    ),
    migrations.AddField(
        model_name="comment",
        name="resolved_by",
        field=models.ForeignKey(
            blank=True,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="resolved by",
        ),
    ),
    migrations.AddField(
        model_name="comment",
        name="wireframe",
        field=accounts.models.base.TenantForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="comments",
            to="builder.wireframe",
            verbose_name="page",
        ),
    ),
    migrations.AddIndex(
        model_name="comment",
        index=models.Index(
            condition=models.Q(("parent__isnull", False)),
            fields=["workspace", "parent", "id"],
            name="builder_comment_replies",
        ),
    ),
    migrations.AddIndex(
        model_name="comment",
        index=models.Index(
            condition=models.Q(("wireframe__isnull", False)),
            fields=["workspace", "wireframe", "component_id"],
            name="builder_comment_on_page",
        ),
    ),
    migrations.AddIndex(
        model_name="comment",
        index=models.Index(
            condition=models.Q(("resolved_by__isnull", False)),
            fields=["resolved_by"],
            name="builder_comment_mine_settled",
        ),
    ),
    migrations.AddConstraint(
        model_name="comment",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("body", ""), ("deleted_at__isnull", False)),
                models.Q(models.Q(("body", ""), _negated=True), ("deleted_at__isnull", True)),
                _connector="OR",
            ),
            name="builder_comment_body",
        ),
    ),
    migrations.AddConstraint(
        model_name="comment",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("parent__isnull", True), ("resolved_at__isnull", True), _connector="OR"),
                models.Q(
                    ("resolved_by__isnull", True), ("resolved_at__isnull", False), _connector="OR"
                ),
            ),
            name="builder_comment_settled",
        ),
    ),
    migrations.AddConstraint(
        model_name="comment",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(
                    ("wireframe__isnull", True),
                    models.Q(("page_key", ""), _negated=True),
                    _connector="OR",
                ),
                models.Q(
                    ("component_id", ""), models.Q(("page_key", ""), _negated=True), _connector="OR"
                ),
                models.Q(("parent__isnull", True), ("page_key", ""), _connector="OR"),
            ),
            name="builder_comment_anchor",
        ),
    ),
]
PROJECT_STATE = [
    migrations.AddField(
        model_name="project",
        name="trashed_at",
        field=models.DateTimeField(editable=False, null=True, verbose_name="in the bin since"),
    ),
    migrations.AddField(
        model_name="project",
        name="trashed_by",
        field=models.ForeignKey(
            db_index=False,
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="put into the bin by",
        ),
    ),
    migrations.AddField(
        model_name="project",
        name="trashed_status",
        field=models.CharField(
            blank=True,
            db_default="",
            default="",
            editable=False,
            help_text="What the project is again when it is taken out of the bin.",
            max_length=10,
            verbose_name="status before",
        ),
    ),
    migrations.AddIndex(
        model_name="project",
        index=models.Index(
            condition=models.Q(("trashed_at__isnull", False)),
            fields=["workspace", "trashed_at"],
            name="builder_project_in_bin_since",
        ),
    ),
    migrations.AddIndex(
        model_name="project",
        index=models.Index(
            condition=models.Q(("trashed_by__isnull", False)),
            fields=["trashed_by"],
            name="builder_project_binned_by",
        ),
    ),
    migrations.AddConstraint(
        model_name="project",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(
                    ("trashed_at__isnull", True),
                    ("trashed_by__isnull", True),
                    ("trashed_status", ""),
                ),
                models.Q(
                    ("status", "archived"),
                    ("trashed_at__isnull", False),
                    ("trashed_status__in", ["draft", "active", "archived"]),
                ),
                _connector="OR",
            ),
            name="builder_project_in_bin",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("builder", "0007_answer_for_domains"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[statements("threads"), statements("bin")],
            state_operations=[
                *COMMENT_STATE,
                *PROJECT_STATE,
                migrations.CreateModel(
                    name="BinnedProject",
                    fields=[],
                    options={
                        "verbose_name": "project in the bin",
                        "verbose_name_plural": "bin",
                        "proxy": True,
                        "base_manager_name": "objects",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("builder.project",),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommentMention",
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
                (
                    "mailed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="mailed at"),
                ),
                (
                    "comment",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="mentions",
                        to="builder.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
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
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("mailed_at__isnull", True)),
                        fields=["created_at"],
                        name="builder_mention_untold",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "comment", "user"), name="builder_commentmention_once"
                    )
                ],
            },
        ),
        # A guest sees whether they are called themselves, and nobody else's name.
        EnableRowSecurity(
            "CommentMention",
            writers=(),
            using=f"({IN_WORKSPACE} or user_id = (select app_user()))",
        ),
        migrations.RunSQL(MENTION_KEY, MENTION_KEY_REVERSE),
        DefineFunction("my_bin", "", MY_BIN, grant_to=TENANT),
        DefineFunction("my_bin_sitemaps", "", MY_BIN_SITEMAPS, grant_to=TENANT),
        DefineFunction("my_bin_wireframes", "", MY_BIN_WIREFRAMES, grant_to=TENANT),
        statements("bin_policies"),
        migrations.RunSQL(
            REPLACE_PREVIEW.format(and_standing=" and p.trashed_at is null"),
            REPLACE_PREVIEW.format(and_standing=""),
        ),
    ]
