"""Row security of personalization, and the searches that look past it for the tenant."""

from django.db import migrations

from accounts.tenancy.operations import (
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)

TENANT = ("halfhour_tenant",)
MEMBERS = ("owner", "admin", "editor", "analyst", "viewer")

# The expression of the index and of the search have to be the same.
WORDS = """(to_tsvector('english'::regconfig, title || ' ' || content)
    || to_tsvector('arabic'::regconfig, title || ' ' || content))"""
INDEX = f"""create index content_search on personalization_content
    using gin (workspace_id, {WORDS})"""

SEARCH = f"""(words text) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    mine uuid := app_workspace();
    sought tsquery := websearch_to_tsquery('english', words)
        || websearch_to_tsquery('arabic', words);
begin
    return query select t.id from personalization_content t
        where t.workspace_id = mine and {WORDS} @@ sought;
end $$"""  # noqa: S608 - our own names


def having(table: str, column: str) -> str:
    """The keys of a table's rows of this workspace whose document contains another."""
    return f"""(sought jsonb) returns setof uuid
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    mine uuid := app_workspace();
begin
    return query select t.id from {table} t where t.workspace_id = mine and t.{column} @> sought;
end $$"""  # noqa: S608 - our own names


def profile_key(table: str) -> str:
    """Whoever deletes a profile may not write what mentions it: the database lets go of it."""
    name, columns = f"{table}_profile_id_workspace", "(workspace_id, profile_id)"
    return f"""alter table {table} drop constraint {name};
    alter table {table} add constraint {name} foreign key {columns}
    references personalization_metauserprofile (workspace_id, id) on delete set null (profile_id);
    """


class Migration(migrations.Migration):
    dependencies = [("personalization", "0001_initial"), ("accounts", "0002_secure_rows")]

    operations = [
        # A profile is written by the one whom it is about; admins see it.
        EnableRowSecurity(
            "MetaUserProfile",
            writers=MEMBERS,
            using=own_rows("owner", "admin", "server"),
            check=own_rows(),
        ),
        EnableRowSecurity("Campaign"),
        EnableRowSecurity("CampaignPersonalizationSettings"),
        EnableRowSecurity("AdCampaign"),
        EnableRowSecurity("Content"),
        EnableRowSecurity("ContentTemplate"),
        EnableRowSecurity("PersonalizedContent"),
        EnableRowSecurity("CampaignRecommendation"),
        EnableRowSecurity("LearningInsight"),
        # Jobs find patterns; vectors go with the campaign that they are of.
        EnableRowSecurity("PerformancePattern", writers=()),
        EnableRowSecurity("BehaviorPattern", writers=()),
        EnableRowSecurity("CampaignEmbedding"),
        *(
            TenantForeignKeys(model)
            for model in (
                "MetaUserProfile",
                "Campaign",
                "CampaignPersonalizationSettings",
                "AdCampaign",
                "Content",
                "ContentTemplate",
                "PersonalizedContent",
                "CampaignRecommendation",
                "LearningInsight",
                "PerformancePattern",
                "BehaviorPattern",
                "CampaignEmbedding",
            )
        ),
        migrations.RunSQL(
            profile_key("personalization_campaignrecommendation")
            + profile_key("personalization_learninginsight"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(INDEX, "drop index content_search"),
        DefineFunction("personalization_search_content", "text", SEARCH, grant_to=TENANT),
        *(
            DefineFunction(name, "jsonb", having(table, column), grant_to=TENANT)
            for name, table, column in (
                ("personalization_campaigns_with", "personalization_campaign", "config"),
                (
                    "personalization_adcampaigns_aimed_at",
                    "personalization_adcampaign",
                    "audience_config",
                ),
                (
                    "personalization_adcampaigns_performing",
                    "personalization_adcampaign",
                    "performance_metrics",
                ),
                ("personalization_content_with", "personalization_content", "metadata"),
            )
        ),
    ]
