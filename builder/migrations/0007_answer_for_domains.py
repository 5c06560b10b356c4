"""Hosts of the customers' own, redirects, sites behind a password."""

from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import accounts.models.base
import accounts.models.secrets
import builder.models.domains
from accounts.tenancy.operations import (
    DefineFunction,
    EnableRowSecurity,
    HideColumns,
    TenantForeignKeys,
)

SQL = Path(__file__).parent / "sql"

# live: visitors see it; gone: they did once; never: they have not yet.
STATE = """case when p.live_release_id is not null and p.status <> 'archived' then 'live'
        when exists (select from builder_release past
                     where past.project_id = p.id and past.kind = 'live') then 'gone'
        else 'never' end"""

# All that the edge keeps of a site: what is live, where it is at home, where its paths lead.
SITE = f""" returns table (project_id uuid, workspace_id uuid, state text, language text,
    release_id uuid, manifest jsonb, redirects boolean, primary_host text, primary_label text,
    rules jsonb, password_version text, consent text)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.workspace_id, {STATE}, p.language::text, r.id, r.manifest, place.redirects,
        coalesce((select d.host::text from builder_sitedomain d
                  where d.workspace_id = p.workspace_id and d.project_id = p.id
                  and d.is_primary and d.verified_at is not null), ''),
        coalesce((select a.label::text from builder_siteaddress a
                  where a.workspace_id = p.workspace_id and a.project_id = p.id
                  order by a.is_primary desc, a.id limit 1), ''),
        coalesce((select jsonb_object_agg(m.from_path, jsonb_build_array(
                      m."to", m.status, m.replaces_page)) from builder_siteredirect m
                  where m.workspace_id = p.workspace_id and m.project_id = p.id), '{{}}'),
        coalesce((select w.version::text from builder_sitepassword w
                  where w.workspace_id = p.workspace_id and w.project_id = p.id), ''),
        coalesce(p.settings ->> 'consent', '')
"""  # noqa: S608
SITE_BY_LABEL = f"""(wanted text){SITE}
    from builder_siteaddress place join builder_project p on p.id = place.project_id
    left join builder_release r on r.id = p.live_release_id
    where place.label = wanted
$$"""
SITE_BY_HOST = f"""(wanted text){SITE}
    from builder_sitedomain place join builder_project p on p.id = place.project_id
    left join builder_release r on r.id = p.live_release_id
    where place.host = wanted and place.verified_at is not null
$$"""

# The label of the site that is at home at a verified host, for doors that know sites by label.
LABEL_OF_HOST = """(wanted text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select a.label::text from builder_sitedomain d join builder_siteaddress a
    on a.workspace_id = d.workspace_id and a.project_id = d.project_id
    where d.host = wanted and d.verified_at is not null
    order by a.is_primary desc, a.id limit 1
$$"""

GUARD = """(project uuid) returns table (password text, version text)
language sql stable security definer set search_path = public, pg_temp as $$
    select password::text, version::text from builder_sitepassword where project_id = project
$$"""


class Migration(migrations.Migration):
    dependencies = [("builder", "0006_publish_on_time")]

    operations = [
        migrations.CreateModel(
            name="SiteDomain",
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
                    "host",
                    models.CharField(
                        help_text="Such as www.example.com; letters beyond ASCII are kept in punycode.",
                        max_length=253,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
                            )
                        ],
                        verbose_name="host",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False,
                        help_text="Once verified, the address that the site gives as its own.",
                        verbose_name="primary",
                    ),
                ),
                (
                    "redirects",
                    models.BooleanField(
                        default=True,
                        help_text="Visitors are sent on to the site's primary address, where this is another.",
                        verbose_name="leads on",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=builder.models.domains.new_token,
                        editable=False,
                        max_length=32,
                        verbose_name="token",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[("txt", "TXT record"), ("cname", "CNAME record")],
                        default="",
                        editable=False,
                        max_length=5,
                        verbose_name="verified by",
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="verified at"),
                ),
                (
                    "last_checked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last checked at"),
                ),
                (
                    "failing_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="Since when a verified host's record has been missing.",
                        null=True,
                        verbose_name="failing since",
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_found", "There is no such name in DNS."),
                            ("no_record", "Neither record is there yet."),
                            ("wrong_record", "A record is there, but says something else."),
                            ("timeout", "The domain's name servers did not answer in time."),
                            ("server_failed", "The domain's name servers answered with an error."),
                            ("taken", "Another site has this domain, and its record still stands."),
                        ],
                        default="",
                        editable=False,
                        max_length=13,
                        verbose_name="failure",
                    ),
                ),
                (
                    "failure_detail",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=500,
                        verbose_name="what was found",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="builder.project",
                        verbose_name="project",
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
                "verbose_name": "domain",
                "verbose_name_plural": "domains",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "project"], name="builder_domain_of_project"),
                    models.Index(
                        models.OrderBy(models.F("last_checked_at"), nulls_first=True),
                        name="builder_domain_to_check",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "host__regex",
                                "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
                            )
                        ),
                        name="builder_sitedomain_host",
                    ),
                    models.UniqueConstraint(
                        fields=("workspace", "host"), name="builder_sitedomain_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verified_at__isnull", False)),
                        fields=("host",),
                        name="builder_sitedomain_verified",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("workspace", "project"),
                        name="builder_sitedomain_one_primary",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SitePassword",
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
                    "password",
                    accounts.models.secrets.HiddenCharField(
                        max_length=128, verbose_name="password"
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        default=builder.models.domains.new_token,
                        editable=False,
                        help_text="Changes with the password; what let a visitor in before does so no more.",
                        max_length=32,
                        verbose_name="version",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="site_passwords",
                        to="builder.project",
                        verbose_name="project",
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
                "verbose_name": "site password",
                "verbose_name_plural": "site passwords",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "project"), name="builder_sitepassword_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteRedirect",
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
                    "from_path",
                    models.CharField(
                        help_text="A path of the site, such as /old-menu.",
                        max_length=500,
                        verbose_name="from path",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        help_text="A path of the site, or a whole address such as https://example.com/menu.",
                        max_length=2048,
                        verbose_name="to",
                    ),
                ),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (301, "301 moved for good"),
                            (302, "302 for now"),
                            (307, "307 for now, same method"),
                            (308, "308 moved for good, same method"),
                        ],
                        default=308,
                        verbose_name="status",
                    ),
                ),
                (
                    "replaces_page",
                    models.BooleanField(
                        default=False,
                        help_text="It holds although the site has a page at this path.",
                        verbose_name="replaces a page",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("hand", "by hand"),
                            ("import", "imported"),
                            ("move", "a page moved"),
                        ],
                        default="hand",
                        editable=False,
                        max_length=6,
                        verbose_name="origin",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="builder.project",
                        verbose_name="project",
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
                "verbose_name": "redirect",
                "verbose_name_plural": "redirects",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", [301, 302, 307, 308])),
                        name="builder_siteredirect_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_path__startswith", "/"),
                            models.Q(("from_path", models.F("to")), _negated=True),
                        ),
                        name="builder_siteredirect_path",
                    ),
                    models.UniqueConstraint(
                        fields=("workspace", "project", "from_path"),
                        name="builder_siteredirect_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="siteaddress",
            name="redirects",
            field=models.BooleanField(
                default=False,
                help_text="Visitors are sent on to the site's primary address, where this is another.",
                verbose_name="leads on",
            ),
        ),
        EnableRowSecurity("SiteDomain"),
        EnableRowSecurity("SiteRedirect"),
        EnableRowSecurity("SitePassword"),
        TenantForeignKeys("SiteDomain"),
        TenantForeignKeys("SiteRedirect"),
        TenantForeignKeys("SitePassword"),
        HideColumns("SitePassword", ["password"]),
        migrations.RunSQL(
            (SQL / "domains.sql").read_text(), (SQL / "domains_reverse.sql").read_text()
        ),
        DefineFunction("builder_site_by_label", "text", SITE_BY_LABEL),
        DefineFunction("builder_site_by_host", "text", SITE_BY_HOST),
        DefineFunction("builder_label_of_host", "text", LABEL_OF_HOST),
        DefineFunction("builder_site_password", "uuid", GUARD),
    ]
