-- Comments answer each other on one level, stand where something is, and are settled by somebody.
alter table builder_comment
    add column parent_id uuid,
    add column wireframe_id uuid,
    add column page_key varchar(64) not null default '',
    add column component_id varchar(128) not null default '',
    add column resolved_by_id uuid references accounts_user (id) deferrable initially deferred,
    add column deleted_at timestamptz;
alter table builder_comment
    drop constraint builder_comment_body,
    add constraint builder_comment_body check ((body = '') = (deleted_at is not null)),
    add constraint builder_comment_settled check (
        (parent_id is null or resolved_at is null)
        and (resolved_by_id is null or resolved_at is not null)),
    add constraint builder_comment_anchor check (
        (wireframe_id is null or page_key <> '') and (component_id = '' or page_key <> '')
        and (parent_id is null or page_key = ''));
create index builder_comment_replies on builder_comment (workspace_id, parent_id, id)
    where parent_id is not null;
create index builder_comment_on_page on builder_comment (workspace_id, wireframe_id, component_id)
    where wireframe_id is not null;
create index builder_comment_mine_settled on builder_comment (resolved_by_id)
    where resolved_by_id is not null;

-- A reply is of its thread's project; a page that goes leaves its comments.
create unique index builder_comment_of_project_id on builder_comment (workspace_id, project_id, id);
alter table builder_comment add constraint builder_comment_parent_id_workspace
    foreign key (workspace_id, project_id, parent_id)
    references builder_comment (workspace_id, project_id, id);
create unique index if not exists builder_wireframe_workspace_id_id
    on builder_wireframe (workspace_id, id);
alter table builder_comment add constraint builder_comment_wireframe_id_workspace
    foreign key (workspace_id, wireframe_id) references builder_wireframe (workspace_id, id)
    on delete set null (wireframe_id);

-- Nothing moves: a parent that is no reply now is none later, so that one look is enough.
create function builder_comment_place() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and (new.project_id, new.parent_id)
        is distinct from (old.project_id, old.parent_id) then
        raise check_violation using message = 'a comment stays where it is',
            constraint = 'builder_comment_project_id_kept', table = 'builder_comment';
    end if;
    if exists (select from builder_comment where id = new.parent_id and parent_id is not null) then
        raise check_violation using message = 'a reply is not replied to',
            constraint = 'builder_comment_parent_id_one_level', table = 'builder_comment';
    end if;
    if new.wireframe_id is not null
        and (tg_op = 'INSERT' or new.wireframe_id is distinct from old.wireframe_id)
        and not exists (select from builder_wireframe w
            join builder_sitemap s on s.id = w.sitemap_id
            where w.id = new.wireframe_id and s.project_id = new.project_id) then
        raise foreign_key_violation using message = 'a comment stands on a page of its project',
            constraint = 'builder_comment_wireframe_id_of_project', table = 'builder_comment';
    end if;
    return new;
end $$;
create trigger builder_comment_place
    before insert or update of project_id, parent_id, wireframe_id on builder_comment
    for each row execute function builder_comment_place();

-- A thread that was deleted stays as long as somebody's reply does.
create function builder_comment_last_reply() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    delete from builder_comment thread
    where thread.workspace_id = old.workspace_id and thread.id = old.parent_id
        and thread.deleted_at is not null
        and not exists (select from builder_comment reply
            where reply.workspace_id = old.workspace_id and reply.parent_id = old.parent_id);
    return null;
end $$;
create trigger builder_comment_last_reply after delete on builder_comment
    for each row when (old.parent_id is not null) execute function builder_comment_last_reply();

-- Whoever may comment may settle, in their own name; the words, the place and the author are not
-- theirs to change. A page that goes takes the place away, whoever deletes it.
create or replace function builder_comment_own_words() returns trigger language plpgsql as $$
begin
    if (select current_user) <> 'halfhour_tenant' then
        return new;
    end if;
    if old.author_id is distinct from (select app_user())
        and ((new.body, new.project_id, new.workspace_id, new.page_key, new.component_id,
              new.deleted_at)
            is distinct from (old.body, old.project_id, old.workspace_id, old.page_key,
              old.component_id, old.deleted_at)
            or (new.wireframe_id is not null
                and new.wireframe_id is distinct from old.wireframe_id))
        or new.author_id is distinct from old.author_id
        or (new.resolved_by_id is distinct from old.resolved_by_id
            and new.resolved_by_id is not null
            and new.resolved_by_id is distinct from (select app_user())) then
        raise insufficient_privilege using message = 'a comment is its author''s to change',
            constraint = 'builder_comment_own_words', table = 'builder_comment';
    end if;
    return new;
end $$;
