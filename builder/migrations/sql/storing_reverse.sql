-- What is in the storage is lost to a database that does not know of it: take those releases back
-- first. The statement fails while there are such files.
alter table builder_releasefile alter column br set storage extended;
alter table builder_releasefile alter column gzip set storage extended;
alter table builder_releasefile drop constraint builder_releasefile_place;
alter table builder_releasefile drop column compressed;
alter table builder_releasefile drop column stored_as;
alter table builder_releasefile alter column body set not null;
alter table builder_releasefile drop column size;
alter table builder_releasefile add column size integer
    generated always as (octet_length(body)) stored;
alter table builder_release drop column locales;
alter table builder_release drop column inputs;
