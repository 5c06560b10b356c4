-- No tenant's query finds what is in the bin, but for one that has opened it (builder.trash), and
-- none writes there: who may put a project into the bin does so as the tables' owner.
create policy builder_project_bin_read on builder_project as restrictive for select
    to halfhour_tenant using (
        trashed_at is null or (select current_setting('app.bin', true)) = 'on');
create policy builder_project_bin_add on builder_project as restrictive for insert
    to halfhour_tenant with check (trashed_at is null);
create policy builder_project_bin_change on builder_project as restrictive for update
    to halfhour_tenant using (trashed_at is null) with check (trashed_at is null);
create policy builder_project_bin_remove on builder_project as restrictive for delete
    to halfhour_tenant using (trashed_at is null);

do $$
declare
    child text;
begin
    foreach child in array array['sitemap', 'componentintelligence', 'siteaddress', 'release',
        'versionhistory', 'qualitymeasurement', 'comment', 'projectcollaborator', 'sitedomain',
        'siteredirect', 'sitepassword', 'releaseschedule']
    loop
        execute format('create policy builder_%1$s_bin on builder_%1$s as restrictive for all '
            'to halfhour_tenant using (not (project_id = any(array(select my_bin()))))', child);
    end loop;
end $$;
create policy builder_wireframe_bin on builder_wireframe as restrictive for all to halfhour_tenant
    using (not (sitemap_id = any(array(select my_bin_sitemaps()))));
create policy builder_styleguide_bin on builder_styleguide as restrictive for all
    to halfhour_tenant using (not (wireframe_id = any(array(select my_bin_wireframes()))));

-- The edge learns of an archived project too that goes into the bin: its previews are closed.
create trigger builder_project_binned before update on builder_project for each row
    when (old.trashed_at is distinct from new.trashed_at and old.status = new.status)
    execute function builder_site_changes();
