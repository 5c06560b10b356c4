"""Row security: conversations are their users' own; keys that stay with their conversation."""

from django.db import migrations

from accounts.tenancy.operations import (
    DefineFunction,
    EnableRowSecurity,
    TenantForeignKeys,
    own_rows,
)

EVERYBODY = ("owner", "admin", "editor", "analyst", "viewer")
SEERS = ("owner", "admin", "server")
SEEN = own_rows(*SEERS)

# A conversation is looked for through its own policy: whoever sees it sees its states.
OF_A_CONVERSATION = """(workspace_id = (select app_workspace()) and exists (
    select from conversations_conversation c
    where c.workspace_id = {table}.workspace_id and c.id = {table}.conversation_id{own}
))"""
OWN = " and c.user_id = (select app_user())"
INSPECTED = """(workspace_id = (select app_workspace())
    and (select current_setting('app.role', true)) in ('owner', 'admin', 'analyst'))"""


def of_conversation(table: str, own: str = "") -> str:
    return OF_A_CONVERSATION.format(table=f"conversations_{table}", own=own)


# A turn is the user's whose conversation it is, and a chunk the workspace's whose its document is
# (or the platform's): more than a key to the parent's id can hold.
TURN_OF_ITS_USER = """
create unique index conversations_conversation_user_key
    on conversations_conversation (workspace_id, id, user_id);
alter table conversations_conversationturn add constraint conversations_conversationturn_user
    foreign key (workspace_id, conversation_id, user_id)
    references conversations_conversation (workspace_id, id, user_id);
"""
ANY_TURN = """
alter table conversations_conversationturn drop constraint conversations_conversationturn_user;
drop index conversations_conversation_user_key;
"""
CHUNK_LIKE_ITS_DOCUMENT = """
create function conversations_chunk_like_document() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    if (select d.workspace_id from conversations_knowledgedocument d where d.id = new.document_id)
        is distinct from new.workspace_id
    then
        raise foreign_key_violation using
            message = 'a chunk belongs to whom its document belongs',
            constraint = 'conversations_knowledgechunk_like_document',
            table = 'conversations_knowledgechunk', column = 'workspace_id';
    end if;
    return new;
end $$;
create trigger conversations_knowledgechunk_like_document
    before insert or update of document_id, workspace_id on conversations_knowledgechunk
    for each row execute function conversations_chunk_like_document();
"""
ANY_CHUNK = """
drop trigger conversations_knowledgechunk_like_document on conversations_knowledgechunk;
drop function conversations_chunk_like_document();
"""

# The expressions are those of the index conversations_doc_words.
SEARCH_KNOWLEDGE = """(words text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id from conversations_knowledgedocument d
    where (d.workspace_id is null or d.workspace_id = app_workspace())
    and app_workspace() is not null
    and (
        (to_tsvector('english'::regconfig, coalesce(d.title, '') || ' ' || coalesce(d.body, ''))
        || to_tsvector('arabic'::regconfig, coalesce(d.title, '') || ' ' || coalesce(d.body, '')))
        @@ (websearch_to_tsquery('english', words) || websearch_to_tsquery('arabic', words))
        or d.tags @> array[lower(trim(words))]::varchar[]
    )
$$"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("accounts", "0002_secure_rows")]

    operations = [
        EnableRowSecurity("Conversation", writers=EVERYBODY, using=SEEN, check=own_rows()),
        EnableRowSecurity("ConversationTurn", writers=EVERYBODY, using=SEEN, check=own_rows()),
        EnableRowSecurity(
            "ConversationState",
            writers=EVERYBODY,
            using=of_conversation("conversationstate"),
            check=of_conversation("conversationstate", OWN),
        ),
        EnableRowSecurity(
            "AgentInteraction",
            writers=EVERYBODY,
            using=INSPECTED,
            check=of_conversation("agentinteraction", OWN),
        ),
        EnableRowSecurity("KnowledgeDocument"),
        EnableRowSecurity("KnowledgeChunk"),
        EnableRowSecurity("MarketingInsight", writers=EVERYBODY, using=SEEN, check=SEEN),
        TenantForeignKeys("ConversationTurn"),
        TenantForeignKeys("ConversationState"),
        TenantForeignKeys("AgentInteraction"),
        TenantForeignKeys("KnowledgeChunk"),
        migrations.RunSQL(TURN_OF_ITS_USER, ANY_TURN),
        migrations.RunSQL(CHUNK_LIKE_ITS_DOCUMENT, ANY_CHUNK),
        DefineFunction(
            "conversations_search_knowledge",
            "text",
            SEARCH_KNOWLEDGE,
            grant_to=("halfhour_tenant",),
        ),
    ]
