-- What is in the bin is an archived project of a platform without one.
update builder_project set trashed_at = null, trashed_by_id = null, trashed_status = ''
    where trashed_at is not null;
set constraints all immediate;
drop index builder_project_binned_by;
drop index builder_project_in_bin_since;
alter table builder_project drop constraint builder_project_in_bin;
alter table builder_project
    drop column trashed_status,
    drop column trashed_by_id,
    drop column trashed_at;
