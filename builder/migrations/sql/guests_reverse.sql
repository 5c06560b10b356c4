drop index accounts_invitation_guest_of;
alter table accounts_invitation drop constraint accounts_invitation_guest_of_workspace;
create function builder_find_person(address text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select id from accounts_user
    where email = lower(address) and deleted_at is null and is_active
    and (select current_setting('app.role', true)) in ('owner', 'admin')
$$;
revoke all on function builder_find_person(text) from public;
grant execute on function builder_find_person(text) to halfhour_tenant;
