-- A project in the bin: archived meanwhile, so that whatever asks whether a site is open is told
-- no, with the status to which it goes back.
alter table builder_project
    add column trashed_at timestamptz,
    add column trashed_by_id uuid references accounts_user (id) deferrable initially deferred,
    add column trashed_status varchar(10) not null default '';
alter table builder_project add constraint builder_project_in_bin check (
    (trashed_at is null and trashed_status = '' and trashed_by_id is null)
    or (trashed_at is not null and trashed_status in ('draft', 'active', 'archived')
        and status = 'archived'));
create index builder_project_in_bin_since on builder_project (workspace_id, trashed_at)
    where trashed_at is not null;
create index builder_project_binned_by on builder_project (trashed_by_id)
    where trashed_by_id is not null;
