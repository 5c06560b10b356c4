"""What is saved is kept as versions, written by the database."""

from pathlib import Path

import django.db.models.functions.datetime
import pgtrigger.compiler
from django.db import migrations, models

import accounts.history
from accounts.tenancy.history import KeepTriggers

SQL = Path(__file__).parent / "sql"


def counted(model):
    return migrations.AddField(
        model_name=model,
        name="saves",
        field=models.PositiveIntegerField(
            db_default=1,
            default=1,
            editable=False,
            help_text="How many saves the version took up.",
            verbose_name="saves",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("builder", "0004_keep_history")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        counted("project"),
        counted("sitemap"),
        counted("wireframe"),
        counted("styleguide"),
        migrations.AddField(
            model_name="versionhistory",
            name="is_deletion",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The document was deleted; this is what it was last.",
                verbose_name="deletion",
            ),
        ),
        migrations.AddField(
            model_name="versionhistory",
            name="saved_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), verbose_name="saved at"
            ),
        ),
        migrations.RunSQL(
            (SQL / "versions.sql").read_text(), (SQL / "versions_reverse.sql").read_text()
        ),
        migrations.RunSQL((SQL / "versions_begin.sql").read_text(), migrations.RunSQL.noop),
        KeepTriggers(
            model="project",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="version_number",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        new.version := builder_first_number('projects', new.id, new.workspace_id);\n        new.saves := 1;\n        return new;",
                        hash="28ddd7e68f16bf4d594f2f02abc5ec68dd5c1cd6",
                        operation="INSERT",
                        pgid="pgtrigger_version_number_2341d",
                        table="builder_project",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_first",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('projects', new.id, new.workspace_id,\n            new.id, new.version, jsonb_build_object('name', new.name, 'description', new.description, 'type', new.type, 'language', new.language, 'data', new.data, 'settings', new.settings, 'is_public', new.is_public, 'current_sitemap', new.current_sitemap_id),\n            array['name', 'description', 'type', 'language', 'data', 'settings', 'is_public', 'current_sitemap'], true, false);\n        return null;",
                        hash="277d389a23100e7a776745206c8be9fee361f778",
                        operation="INSERT",
                        pgid="pgtrigger_version_first_8fb45",
                        table="builder_project",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_next",
                    sql=accounts.history.OwnersTriggerSql(
                        declare="DECLARE changed text[];",
                        func="\n        new.version := old.version;\n        new.saves := old.saves;\n        changed := array_remove(array[case when old.name is distinct from new.name then 'name' end, case when old.description is distinct from new.description then 'description' end, case when old.type is distinct from new.type then 'type' end, case when old.language is distinct from new.language then 'language' end, case when old.data is distinct from new.data then 'data' end, case when old.settings is distinct from new.settings then 'settings' end, case when old.is_public is distinct from new.is_public then 'is_public' end, case when old.current_sitemap_id is distinct from new.current_sitemap_id then 'current_sitemap' end], null);\n        if changed <> '{}' or current_setting('app.version_keep', true) = old.id::text then\n            select number, times into new.version, new.saves from builder_save_version(\n                'projects', old.id, new.workspace_id, new.id,\n                old.version, old.saves, jsonb_build_object('name', new.name, 'description', new.description, 'type', new.type, 'language', new.language, 'data', new.data, 'settings', new.settings, 'is_public', new.is_public, 'current_sitemap', new.current_sitemap_id), changed);\n        end if;\n        return new;",
                        hash="387183b610474b252509398e967159f0af25f419",
                        operation="UPDATE",
                        pgid="pgtrigger_version_next_e618c",
                        table="builder_project",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        KeepTriggers(
            model="sitemap",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="version_number",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        new.version := builder_first_number('sitemaps', new.id, new.workspace_id);\n        new.saves := 1;\n        return new;",
                        hash="9619ee20395f0e64ac87dcfec79a93394b3afd14",
                        operation="INSERT",
                        pgid="pgtrigger_version_number_522ca",
                        table="builder_sitemap",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_first",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('sitemaps', new.id, new.workspace_id,\n            new.project_id, new.version, jsonb_build_object('project', new.project_id, 'title', new.title, 'description', new.description, 'pages', new.pages, 'metadata', new.metadata),\n            array['project', 'title', 'description', 'pages', 'metadata'], true, false);\n        return null;",
                        hash="767f1aba1f6b0f76ec695bdba88173d55d7bdeb8",
                        operation="INSERT",
                        pgid="pgtrigger_version_first_29f44",
                        table="builder_sitemap",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_next",
                    sql=accounts.history.OwnersTriggerSql(
                        declare="DECLARE changed text[];",
                        func="\n        new.version := old.version;\n        new.saves := old.saves;\n        changed := array_remove(array[case when old.project_id is distinct from new.project_id then 'project' end, case when old.title is distinct from new.title then 'title' end, case when old.description is distinct from new.description then 'description' end, case when old.pages is distinct from new.pages then 'pages' end, case when old.metadata is distinct from new.metadata then 'metadata' end], null);\n        if changed <> '{}' or current_setting('app.version_keep', true) = old.id::text then\n            select number, times into new.version, new.saves from builder_save_version(\n                'sitemaps', old.id, new.workspace_id, new.project_id,\n                old.version, old.saves, jsonb_build_object('project', new.project_id, 'title', new.title, 'description', new.description, 'pages', new.pages, 'metadata', new.metadata), changed);\n        end if;\n        return new;",
                        hash="50f8d4c0b3b250a035535f4bcc95355f76c3a6d2",
                        operation="UPDATE",
                        pgid="pgtrigger_version_next_a9bfe",
                        table="builder_sitemap",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_last",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('sitemaps', old.id, old.workspace_id,\n            old.project_id, old.version + 1, jsonb_build_object('project', old.project_id, 'title', old.title, 'description', old.description, 'pages', old.pages, 'metadata', old.metadata),\n            '{}', true, true);\n        return null;",
                        hash="030b8d8a62f76fe10b77fb1215488d6dba132d08",
                        operation="DELETE",
                        pgid="pgtrigger_version_last_4a4dd",
                        table="builder_sitemap",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        KeepTriggers(
            model="styleguide",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="version_number",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        new.version := builder_first_number('style_guides', new.id, new.workspace_id);\n        new.saves := 1;\n        return new;",
                        hash="c03b17fe43b13235f461f61aa8ed6195be0e7edf",
                        operation="INSERT",
                        pgid="pgtrigger_version_number_d1974",
                        table="builder_styleguide",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_first",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('style_guides', new.id, new.workspace_id,\n            (select s.project_id from builder_wireframe w\n        join builder_sitemap s on s.id = w.sitemap_id where w.id = new.wireframe_id), new.version, jsonb_build_object('wireframe', new.wireframe_id, 'title', new.title, 'description', new.description, 'colors', new.colors, 'typography', new.typography, 'spacing', new.spacing, 'components', new.components, 'grid', new.grid, 'breakpoints', new.breakpoints),\n            array['wireframe', 'title', 'description', 'colors', 'typography', 'spacing', 'components', 'grid', 'breakpoints'], true, false);\n        return null;",
                        hash="0c8d8a6c755b59467c6e4fcfba6fe5e96dd4fdfe",
                        operation="INSERT",
                        pgid="pgtrigger_version_first_a388a",
                        table="builder_styleguide",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_next",
                    sql=accounts.history.OwnersTriggerSql(
                        declare="DECLARE changed text[];",
                        func="\n        new.version := old.version;\n        new.saves := old.saves;\n        changed := array_remove(array[case when old.wireframe_id is distinct from new.wireframe_id then 'wireframe' end, case when old.title is distinct from new.title then 'title' end, case when old.description is distinct from new.description then 'description' end, case when old.colors is distinct from new.colors then 'colors' end, case when old.typography is distinct from new.typography then 'typography' end, case when old.spacing is distinct from new.spacing then 'spacing' end, case when old.components is distinct from new.components then 'components' end, case when old.grid is distinct from new.grid then 'grid' end, case when old.breakpoints is distinct from new.breakpoints then 'breakpoints' end], null);\n        if changed <> '{}' or current_setting('app.version_keep', true) = old.id::text then\n            select number, times into new.version, new.saves from builder_save_version(\n                'style_guides', old.id, new.workspace_id, (select s.project_id from builder_wireframe w\n        join builder_sitemap s on s.id = w.sitemap_id where w.id = new.wireframe_id),\n                old.version, old.saves, jsonb_build_object('wireframe', new.wireframe_id, 'title', new.title, 'description', new.description, 'colors', new.colors, 'typography', new.typography, 'spacing', new.spacing, 'components', new.components, 'grid', new.grid, 'breakpoints', new.breakpoints), changed);\n        end if;\n        return new;",
                        hash="29f2b71ceb9c043cdb1d601e936ab2fd8b6f0ff5",
                        operation="UPDATE",
                        pgid="pgtrigger_version_next_c4aac",
                        table="builder_styleguide",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_last",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('style_guides', old.id, old.workspace_id,\n            (select s.project_id from builder_wireframe w\n        join builder_sitemap s on s.id = w.sitemap_id where w.id = old.wireframe_id), old.version + 1, jsonb_build_object('wireframe', old.wireframe_id, 'title', old.title, 'description', old.description, 'colors', old.colors, 'typography', old.typography, 'spacing', old.spacing, 'components', old.components, 'grid', old.grid, 'breakpoints', old.breakpoints),\n            '{}', true, true);\n        return null;",
                        hash="cd8f96a2d173f3283ae09922c7dfa992f00db044",
                        operation="DELETE",
                        pgid="pgtrigger_version_last_10514",
                        table="builder_styleguide",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        KeepTriggers(
            model="wireframe",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="version_number",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        new.version := builder_first_number('wireframes', new.id, new.workspace_id);\n        new.saves := 1;\n        return new;",
                        hash="c8c4fac12b7a2a58d1ccf9ee76b60c98982fd782",
                        operation="INSERT",
                        pgid="pgtrigger_version_number_55fb5",
                        table="builder_wireframe",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_first",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('wireframes', new.id, new.workspace_id,\n            (select project_id from builder_sitemap where id = new.sitemap_id), new.version, jsonb_build_object('sitemap', new.sitemap_id, 'page_key', new.page_key, 'title', new.title, 'description', new.description, 'layout', new.layout, 'style_guide', new.style_guide),\n            array['sitemap', 'page_key', 'title', 'description', 'layout', 'style_guide'], true, false);\n        return null;",
                        hash="a700256421d8ce11746210357fdb756e0de7e34e",
                        operation="INSERT",
                        pgid="pgtrigger_version_first_61295",
                        table="builder_wireframe",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_next",
                    sql=accounts.history.OwnersTriggerSql(
                        declare="DECLARE changed text[];",
                        func="\n        new.version := old.version;\n        new.saves := old.saves;\n        changed := array_remove(array[case when old.sitemap_id is distinct from new.sitemap_id then 'sitemap' end, case when old.page_key is distinct from new.page_key then 'page_key' end, case when old.title is distinct from new.title then 'title' end, case when old.description is distinct from new.description then 'description' end, case when old.layout is distinct from new.layout then 'layout' end, case when old.style_guide is distinct from new.style_guide then 'style_guide' end], null);\n        if changed <> '{}' or current_setting('app.version_keep', true) = old.id::text then\n            select number, times into new.version, new.saves from builder_save_version(\n                'wireframes', old.id, new.workspace_id, (select project_id from builder_sitemap where id = new.sitemap_id),\n                old.version, old.saves, jsonb_build_object('sitemap', new.sitemap_id, 'page_key', new.page_key, 'title', new.title, 'description', new.description, 'layout', new.layout, 'style_guide', new.style_guide), changed);\n        end if;\n        return new;",
                        hash="4d024f5534718fc2481a245310ac0edfe923cc75",
                        operation="UPDATE",
                        pgid="pgtrigger_version_next_af465",
                        table="builder_wireframe",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="version_last",
                    sql=accounts.history.OwnersTriggerSql(
                        func="\n        perform builder_add_version('wireframes', old.id, old.workspace_id,\n            (select project_id from builder_sitemap where id = old.sitemap_id), old.version + 1, jsonb_build_object('sitemap', old.sitemap_id, 'page_key', old.page_key, 'title', old.title, 'description', old.description, 'layout', old.layout, 'style_guide', old.style_guide),\n            '{}', true, true);\n        return null;",
                        hash="6d8da762bbfc0ad995f86acbd5939ce2caaf3fbe",
                        operation="DELETE",
                        pgid="pgtrigger_version_last_dc246",
                        table="builder_wireframe",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
