-- What the triggers of versioned records have in common (builder/models/versioned.py). Nobody is
-- granted these: triggers call them, as the tables' owner.

-- The number of a record's first version, or where one was deleted before, of its next. Two that
-- restore the same record meet at its primary key.
create function builder_first_number(kind text, document uuid, of_workspace uuid) returns integer
language sql stable set search_path = public, pg_temp as $$
    select coalesce((
        select version_number from builder_versionhistory
        where workspace_id = of_workspace and entity_type = kind and entity_id = document
        order by version_number desc limit 1), 0) + 1
$$;

-- Who saves. A setting that names nobody names nobody here.
create function builder_saver() returns uuid
language sql stable set search_path = public, pg_temp as $$
    select id from accounts_user
    where id = nullif(current_setting('app.user_id', true), '')::uuid
$$;

create function builder_add_version(kind text, document uuid, of_workspace uuid, of_project uuid,
    number integer, content jsonb, columns text[], major boolean, deletion boolean) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    former record;
begin
    select project_id, saved_at into former from builder_versionhistory
    where workspace_id = of_workspace and entity_type = kind and entity_id = document
        and version_number = number - 1;
    -- A document that is deleted after what it belonged to is its former project's.
    of_project := coalesce(of_project, former.project_id);
    if of_project is null then
        return;
    end if;
    -- Times of a record follow its numbers, though who waited for its lock may have begun earlier.
    insert into builder_versionhistory (workspace_id, project_id, entity_type, entity_id,
        version_number, user_id, changes, data, message, is_major, is_deletion,
        created_at, saved_at)
    values (of_workspace, of_project, kind, document, number, builder_saver(),
        jsonb_build_object('columns', to_jsonb(columns)), content,
        coalesce(current_setting('app.version_message', true), ''), major, deletion,
        now(), greatest(now(), former.saved_at));
end $$;

-- A save. One without a name, by the person whose minor version is the newest and began within
-- the window, is taken up by that version; any other makes the next. Statements outside of
-- builder.versioning.saving say no window: ten minutes.
create function builder_save_version(kind text, document uuid, of_workspace uuid, of_project uuid,
    last integer, before integer, content jsonb, columns text[], out number integer,
    out times integer)
language plpgsql set search_path = public, pg_temp as $$
declare
    named boolean := coalesce(current_setting('app.version_message', true), '') <> '';
    major boolean := coalesce(current_setting('app.version_major', true), '') = 'on';
    seconds text := current_setting('app.version_window', true);
    span interval := make_interval(
        secs => case when seconds ~ '^[0-9]{1,5}$' then seconds::integer else 600 end);
begin
    if not (named or major) then
        update builder_versionhistory v
        set data = content, saved_at = greatest(now(), v.saved_at),
            changes = jsonb_build_object('columns', (select jsonb_agg(distinct name) from (
                select jsonb_array_elements_text(v.changes -> 'columns')
                union select unnest(columns)) both_saves (name)))
        where v.workspace_id = of_workspace and v.entity_type = kind and v.entity_id = document
            and v.version_number = last and v.user_id = builder_saver()
            and not v.is_major and v.message = '' and v.created_at > now() - span;
        if found then
            number := last;
            times := before + 1;
            return;
        end if;
    end if;
    number := last + 1;
    times := 1;
    perform builder_add_version(kind, document, of_workspace, of_project, number, content,
        columns, major, false);
end $$;

revoke all on function builder_first_number(text, uuid, uuid) from public;
revoke all on function builder_saver() from public;
revoke all on function builder_add_version(text, uuid, uuid, uuid, integer, jsonb, text[], boolean,
    boolean) from public;
revoke all on function builder_save_version(text, uuid, uuid, uuid, integer, integer, jsonb,
    text[]) from public;

-- A version stays as it was; only its author may go (an erased person's). A trigger, which is one
-- deeper than any statement can be, may bring a minor one up to its person's next save.
create or replace function builder_refuse_new_version() returns trigger language plpgsql as $$
declare
    taken_up constant text[] := array['data', 'changes', 'saved_at'];
begin
    if pg_trigger_depth() > 1 and not old.is_major and not old.is_deletion
        and new.saved_at >= old.saved_at
        and to_jsonb(new) - taken_up = to_jsonb(old) - taken_up then
        return new;
    end if;
    if new.user_id is not null and new.user_id is distinct from old.user_id
        or to_jsonb(new) - 'user_id' is distinct from to_jsonb(old) - 'user_id' then
        raise check_violation using message = tg_table_name || ' is never changed',
            constraint = tg_table_name || '_immutable', table = tg_table_name;
    end if;
    return new;
end $$;

-- The versions of a project end with it, those too that were written while it was taken apart.
-- As whoever removes it: a tenant, who may not delete versions, removes no project by plain SQL.
create function builder_end_versions() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    delete from builder_versionhistory where workspace_id = old.workspace_id
        and project_id = old.id;
    return old;
end $$;
create trigger builder_end_versions before delete on builder_project
    for each row execute function builder_end_versions();
