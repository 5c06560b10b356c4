-- Only the platform says that a host is verified: a tenant's role never writes it.
create function builder_domain_claims() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    if current_user = 'halfhour_tenant' and new.verified_at is not null
       and (tg_op = 'INSERT' or (new.verified_at, new.host, new.project_id, new.token)
            is distinct from (old.verified_at, old.host, old.project_id, old.token)) then
        raise insufficient_privilege using message = 'a domain is verified by the platform only';
    end if;
    return new;
end $$;
create trigger builder_domain_claims before insert or update on builder_sitedomain
    for each row execute function builder_domain_claims();

-- Every edge process learns of what changes how a site answers (builder_site_moves: 0003).
create trigger builder_domain_added after insert on builder_sitedomain for each row
    when (new.verified_at is not null) execute function builder_site_moves();
create trigger builder_domain_changed after update on builder_sitedomain for each row
    when ((old.verified_at, old.host, old.is_primary, old.redirects)
          is distinct from (new.verified_at, new.host, new.is_primary, new.redirects))
    execute function builder_site_moves();
create trigger builder_domain_removed after delete on builder_sitedomain for each row
    when (old.verified_at is not null) execute function builder_site_moves();
create trigger builder_password_changed after insert or update or delete on builder_sitepassword
    for each row execute function builder_site_moves();

-- Once a statement: an import of a thousand redirects is one change of the site.
create function builder_site_turns() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    turned uuid;
begin
    for turned in select distinct project_id from changed loop
        update builder_project set site_changed_at = clock_timestamp() where id = turned;
        perform pg_notify('halfhour_sites', turned::text);
    end loop;
    return null;
end $$;
create trigger builder_redirect_added after insert on builder_siteredirect
    referencing new table as changed for each statement execute function builder_site_turns();
create trigger builder_redirect_changed after update on builder_siteredirect
    referencing new table as changed for each statement execute function builder_site_turns();
create trigger builder_redirect_removed after delete on builder_siteredirect
    referencing old table as changed for each statement execute function builder_site_turns();
