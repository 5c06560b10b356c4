-- Without the column a guest's invitation would be one to the whole workspace.
delete from accounts_invitation where guest_of is not null;
drop function accounts_find_invitation(text);
create function accounts_find_invitation(hash text)
returns table (id uuid, workspace_id uuid, workspace_name text, email text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, i.workspace_id, w.name::text, i.email::text, i.role::text
    from accounts_invitation i join accounts_workspace w on w.id = i.workspace_id
    where i.hashed_token = hash and i.accepted_at is null and i.expires_at > now()
$$;
revoke all on function accounts_find_invitation(text) from public;
grant execute on function accounts_find_invitation(text) to halfhour_web, halfhour_tenant;
