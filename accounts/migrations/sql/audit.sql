-- The audit trail is added to and never changed, by its owner neither; one function redacts it.
create function accounts_keep_audit() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('app.redaction', true) = 'on'
        and (new.id, new.at, new.action) = (old.id, old.at, old.action)
    then
        return new;
    end if;
    raise restrict_violation using message = 'the audit trail is only ever added to',
        hint = 'a person''s entries are emptied by accounts_redact_audit(person)';
end $$;
create trigger accounts_auditentry_append_only before update or delete on accounts_auditentry
    for each row execute function accounts_keep_audit();

-- An entry; within a tenant's scope its user and its workspace are the scope's, whatever is given.
create function accounts_write_audit(entry jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    scoped constant boolean := current_setting('role') = 'halfhour_tenant';
    person constant uuid := case when scoped then app_user()
        else coalesce(app_user(), (entry ->> 'user')::uuid) end;
begin
    insert into accounts_auditentry (user_id, impersonator_id, workspace_id, key, action, subject,
        before, after, ip_address)
    values (
        person, (entry ->> 'impersonator')::uuid,
        case when scoped then app_workspace() else (entry ->> 'workspace')::uuid end,
        (entry ->> 'key')::uuid, entry ->> 'action', left(coalesce(entry ->> 'subject', ''), 300),
        nullif(entry -> 'before', 'null'), nullif(entry -> 'after', 'null'),
        case when person is not null and accounts_allows_analytics(person)
            then (entry ->> 'ip_address')::inet end
    );
end $$;
revoke all on function accounts_write_audit(jsonb) from public;
grant execute on function accounts_write_audit(jsonb) to halfhour_web, halfhour_tenant;

-- Everything about one person that entries hold; when and what was done stays. Rows changed.
create function accounts_redact_audit(person uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    changed bigint;
begin
    perform set_config('app.redaction', 'on', true);
    update accounts_auditentry set
        user_id = nullif(user_id, person),
        impersonator_id = nullif(impersonator_id, person),
        ip_address = case when user_id = person then null else ip_address end,
        subject = case when user_id = person then ''
            else replace(subject, person::text, '…') end,
        before = null, after = null
    where user_id = person or impersonator_id = person
        or upper(subject) like '%' || upper(person::text) || '%';
    get diagnostics changed = row_count;
    perform set_config('app.redaction', '', true);
    return changed;
end $$;
revoke all on function accounts_redact_audit(uuid) from public;

-- Entries whose subject holds the words: of the workspace, or for the owner of all.
create function accounts_search_audit(words text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from accounts_auditentry
    where upper(subject) like
        '%' || upper(replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_')) || '%'
    and (workspace_id = (select app_workspace())
        or (select app_workspace() is null and current_setting('role') <> 'halfhour_tenant'))
    order by id desc limit 10000
$$;
revoke all on function accounts_search_audit(text) from public;
grant execute on function accounts_search_audit(text) to halfhour_tenant;

-- A key's use, once an hour of its use: the doors write last_used_at at most once a minute.
create function accounts_audit_key_use() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into accounts_auditentry (user_id, workspace_id, key, action, subject)
    values (new.user_id, new.workspace_id, new.id, 'key_used', new.prefix);
    return null;
end $$;
create trigger accounts_apikey_use after update of last_used_at on accounts_apikey for each row
    when (new.last_used_at is not null and (old.last_used_at is null
        or date_trunc('hour', new.last_used_at) > date_trunc('hour', old.last_used_at)))
    execute function accounts_audit_key_use();

-- What is written in the console: Django keeps a list of it, one row a record, in bulk too. Of the
-- changes the fields' names are kept; history has their values.
create function accounts_audit_console() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    changed jsonb;
begin
    if new.change_message like '[%' then
        changed := jsonb_path_query_array(new.change_message::jsonb, '$[*].*.fields[*]');
    end if;
    insert into accounts_auditentry (user_id, impersonator_id, workspace_id, action, subject, after)
    select new.user_id, nullif(current_setting('app.impersonator', true), '')::uuid,
        app_workspace(), 'console_write',
        concat_ws(' ', c.app_label || '.' || c.model, left(new.object_id, 200)),
        jsonb_build_object(
            'did', (array['added', 'changed', 'deleted'])[new.action_flag],
            'fields', coalesce(changed, '[]')
        )
    from (select new.content_type_id as id) n left join django_content_type c using (id);
    return null;
end $$;
create trigger django_admin_log_audited after insert on django_admin_log
    for each row execute function accounts_audit_console();
