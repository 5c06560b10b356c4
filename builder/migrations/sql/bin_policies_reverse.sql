drop trigger builder_project_binned on builder_project;
do $$
declare
    child text;
begin
    foreach child in array array['sitemap', 'componentintelligence', 'siteaddress', 'release',
        'versionhistory', 'qualitymeasurement', 'comment', 'projectcollaborator', 'sitedomain',
        'siteredirect', 'sitepassword', 'releaseschedule', 'wireframe', 'styleguide']
    loop
        execute format('drop policy builder_%1$s_bin on builder_%1$s', child);
    end loop;
end $$;
drop policy builder_project_bin_remove on builder_project;
drop policy builder_project_bin_change on builder_project;
drop policy builder_project_bin_add on builder_project;
drop policy builder_project_bin_read on builder_project;
