-- The look-up tells also whether somebody is invited as a guest.
drop function accounts_find_invitation(text);
create function accounts_find_invitation(hash text)
returns table (id uuid, workspace_id uuid, workspace_name text, email text, role text,
    guest_of uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, i.workspace_id, w.name::text, i.email::text, i.role::text, i.guest_of
    from accounts_invitation i join accounts_workspace w on w.id = i.workspace_id
    where i.hashed_token = hash and i.accepted_at is null and i.expires_at > now()
$$;
revoke all on function accounts_find_invitation(text) from public;
grant execute on function accounts_find_invitation(text) to halfhour_web, halfhour_tenant;
