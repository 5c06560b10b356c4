-- Whether a person agrees to analytics; one without a profile was not asked, the default holds.
create function accounts_allows_analytics(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((select analytics_consent from accounts_userprofile where user_id = person), true)
$$;
revoke all on function accounts_allows_analytics(uuid) from public;
grant execute on function accounts_allows_analytics(uuid) to halfhour_web, halfhour_tenant;

-- That a person is at work: at most once a minute, and only of whoever agrees to it.
create function accounts_note_activity(person uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
    update accounts_user set last_activity_at = now() where id = person
    and (last_activity_at is null or last_activity_at < now() - interval '1 minute')
    and accounts_allows_analytics(person)
$$;
revoke all on function accounts_note_activity(uuid) from public;
grant execute on function accounts_note_activity(uuid) to halfhour_web, halfhour_tenant;

-- The best subscription among a person's workspaces; a tenant asks about colleagues only.
create function accounts_subscription_of(person uuid)
returns table (tier text, status text, trial_ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.subscription_tier::text, w.subscription_status::text, w.trial_ends_at
    from accounts_membership m join accounts_workspace w on w.id = m.workspace_id
    where m.user_id = person and (current_setting('role') <> 'halfhour_tenant'
        or person in (select my_colleagues()))
    order by array_position(array['enterprise', 'pro', 'free'], w.subscription_tier::text),
        array_position(array['active', 'trialing', 'past_due', 'cancelled'],
            w.subscription_status::text), w.trial_ends_at desc nulls last
    limit 1
$$;
revoke all on function accounts_subscription_of(uuid) from public;
grant execute on function accounts_subscription_of(uuid) to halfhour_web, halfhour_tenant;

-- The stages of one's own onboarding are one's own to go through.
grant update (onboarding_stage, onboarding_completed, onboarding_completed_at) on accounts_user
    to halfhour_tenant;

-- A workspace that has an owner keeps one. The lock makes two who leave at once wait for another;
-- deferred, so that a workspace may go with its members, and ownership may change hands.
create function accounts_keep_an_owner() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from accounts_workspace where id = old.workspace_id for no key update;
    if found and not exists (
        select from accounts_membership where workspace_id = old.workspace_id and role = 'owner'
    ) then
        raise check_violation using message = 'a workspace keeps at least one owner',
            constraint = 'accounts_membership_keeps_owner', table = 'accounts_membership';
    end if;
    return null;
end $$;
create constraint trigger accounts_membership_keeps_owner
    after update or delete on accounts_membership deferrable initially deferred
    for each row when (old.role = 'owner') execute function accounts_keep_an_owner();

-- Admins make and revoke every key, editors ingest keys, everybody their own.
drop policy accounts_apikey_add on accounts_apikey;
drop policy accounts_apikey_change on accounts_apikey;
drop policy accounts_apikey_remove on accounts_apikey;
create function accounts_may_write_key(kind text, person uuid) returns boolean
language sql stable parallel safe as $$
    select (select current_setting('app.role', true)) in ('owner', 'admin')
        or (kind = 'ingest'
            and (select current_setting('app.role', true)) in ('editor', 'server'))
        or (kind = 'personal' and person = (select app_user()))
$$;
create policy accounts_apikey_add on accounts_apikey for insert to halfhour_tenant
    with check (workspace_id = (select app_workspace()) and accounts_may_write_key(kind, user_id));
create policy accounts_apikey_change on accounts_apikey for update to halfhour_tenant
    using (workspace_id = (select app_workspace()) and accounts_may_write_key(kind, user_id));
create policy accounts_apikey_remove on accounts_apikey for delete to halfhour_tenant
    using (workspace_id = (select app_workspace()) and accounts_may_write_key(kind, user_id));

-- A credential's ciphertext, for whoever works in its workspace; its use is noted once a minute.
create function accounts_credential_secret(wanted_kind text, wanted_name text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update accounts_credential set last_used_at = now()
    where workspace_id = app_workspace() and kind = wanted_kind and name = wanted_name
    and (last_used_at is null or last_used_at < now() - interval '1 minute');
    return (select secret from accounts_credential where workspace_id = app_workspace()
        and kind = wanted_kind and name = wanted_name);
end $$;
revoke all on function accounts_credential_secret(text, text) from public;
grant execute on function accounts_credential_secret(text, text) to halfhour_tenant;

-- One's sessions: seen by their person only, and ended whole.
alter table usersessions_usersession enable row level security;
create policy usersessions_usersession_web on usersessions_usersession to halfhour_web
    using (true) with check (true);
create policy usersessions_usersession_read on usersessions_usersession for select
    to halfhour_tenant using (user_id = (select app_user()));
grant select on usersessions_usersession to halfhour_tenant;
create function accounts_end_session(session bigint, person uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    ended text;
begin
    delete from usersessions_usersession
    where id = session and user_id = coalesce(app_user(), person) returning session_key into ended;
    delete from django_session where session_key = ended;
    return ended is not null;
end $$;
revoke all on function accounts_end_session(bigint, uuid) from public;
grant execute on function accounts_end_session(bigint, uuid) to halfhour_web, halfhour_tenant;

-- An invitation is accepted by whoever holds its link and has proved to read its address.
create function accounts_find_invitation(hash text)
returns table (id uuid, workspace_id uuid, workspace_name text, email text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, i.workspace_id, w.name::text, i.email::text, i.role::text
    from accounts_invitation i join accounts_workspace w on w.id = i.workspace_id
    where i.hashed_token = hash and i.accepted_at is null and i.expires_at > now()
$$;
revoke all on function accounts_find_invitation(text) from public;
grant execute on function accounts_find_invitation(text) to halfhour_web, halfhour_tenant;
