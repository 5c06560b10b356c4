-- A release knows what its files were rendered from, and which languages it carries.
alter table builder_release add column inputs jsonb not null default '{}';
alter table builder_release alter column inputs drop default;
alter table builder_release add column locales jsonb not null default '{}';
alter table builder_release alter column locales drop default;

-- A file's bytes are here, or in the storage under a name. Each row keeps the size that it has.
alter table builder_releasefile alter column size drop expression;
alter table builder_releasefile alter column size set not null;
alter table builder_releasefile alter column body drop not null;
alter table builder_releasefile add column stored_as varchar(200) not null default '';
alter table builder_releasefile add column compressed boolean not null default false;
alter table builder_releasefile add constraint builder_releasefile_place check (
    (stored_as = '' and body is not null and size = octet_length(body))
    or (stored_as <> '' and body is null and gzip is null and br is null));
-- What is compressed already is not to be tried again.
alter table builder_releasefile alter column gzip set storage external;
alter table builder_releasefile alter column br set storage external;
