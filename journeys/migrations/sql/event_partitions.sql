-- Make the partition of the month that `month` lies in; true where it was not there before.
-- A partition is filled before it is attached, since attaching locks the parent less than
-- `create table … partition of`, and the default partition may already have rows of the month.
create function journeys_make_event_partition(month date) returns boolean
language plpgsql set search_path = public, pg_temp as $$
declare
    first date := date_trunc('month', month)::date;
    past date := (date_trunc('month', month) + interval '1 month')::date;
    name text := 'journeys_event_y' || to_char(month, 'YYYY"m"MM');
begin
    -- Two callers at once: the second finds the first one's partition.
    perform pg_advisory_xact_lock(hashtext('journeys_make_event_partition'));
    if to_regclass(name) is not null then
        return false;
    end if;
    execute format(
        'create table %I (like journeys_event including defaults including constraints
        including indexes including storage)', name);
    execute format(
        'with moved as (
            delete from journeys_event_default
            where timestamp >= %L and timestamp < %L returning *
        ) insert into %I select * from moved',
        first::timestamp at time zone 'UTC', past::timestamp at time zone 'UTC', name);
    execute format(
        'alter table journeys_event attach partition %I for values from (%L) to (%L)', name,
        first::timestamp at time zone 'UTC', past::timestamp at time zone 'UTC');
    return true;
end $$;
revoke all on function journeys_make_event_partition(date) from public;
