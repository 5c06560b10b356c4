-- A project's pointers stay within the project, whatever a client writes.
create unique index builder_release_project_id on builder_release (project_id, id);
create unique index builder_sitemap_project_id on builder_sitemap (project_id, id);
alter table builder_project add constraint builder_project_live_release_own
    foreign key (id, live_release_id) references builder_release (project_id, id);
alter table builder_project add constraint builder_project_current_sitemap_own
    foreign key (id, current_sitemap_id) references builder_sitemap (project_id, id);

-- Every edge process listens to this channel, and polls site_changed_at behind it.
create function builder_site_changes() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if exists (select from builder_release
               where id = new.live_release_id and kind <> 'live') then
        raise check_violation using message = 'a preview cannot be live',
            constraint = 'builder_project_live_release_kind';
    end if;
    new.site_changed_at = clock_timestamp();
    perform pg_notify('halfhour_sites', new.id::text);
    return new;
end $$;
create trigger builder_site_changes before update on builder_project for each row
    when (old.live_release_id is distinct from new.live_release_id
          or old.status is distinct from new.status or old.language is distinct from new.language)
    execute function builder_site_changes();

create function builder_site_moves() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    moved uuid := coalesce(new.project_id, old.project_id);
begin
    update builder_project set site_changed_at = clock_timestamp() where id = moved;
    perform pg_notify('halfhour_sites', moved::text);
    return null;
end $$;
create trigger builder_site_moves after insert or update or delete on builder_siteaddress
    for each row execute function builder_site_moves();

create function builder_site_ends() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform pg_notify('halfhour_sites', old.id::text);
    return null;
end $$;
create trigger builder_site_ends after delete on builder_project
    for each row execute function builder_site_ends();

-- What was published stays as it was; only its author's name may go.
create function builder_refuse_change() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'created_by_id' is distinct from to_jsonb(old) - 'created_by_id' then
        raise check_violation using message = tg_table_name || ' is never changed',
            constraint = tg_table_name || '_immutable', table = tg_table_name;
    end if;
    return new;
end $$;
create trigger builder_release_immutable before update on builder_release
    for each row execute function builder_refuse_change();
create trigger builder_releasefile_immutable before update on builder_releasefile
    for each row execute function builder_refuse_change();
