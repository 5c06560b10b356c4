-- Make the partition of the month (UTC) that `month` lies in, of a table that is partitioned by
-- range over a timestamptz or date column; true where it was not there before.
-- A partition is filled before it is attached, since attaching locks the parent less than
-- `create table … partition of`, and the default partition may already have rows of the month.
create function make_month_partition(parent regclass, month date) returns boolean
language plpgsql set search_path = public, pg_temp as $$
declare
    first date := date_trunc('month', month)::date;
    past date := (date_trunc('month', month) + interval '1 month')::date;
    parent_name text := (select relname from pg_class where oid = parent);
    name text := parent_name || '_y' || to_char(month, 'YYYY"m"MM');
    is_date boolean;
    col text;
    low text;
    high text;
    columns text;
begin
    -- Two callers at once: the second finds the first one's partition.
    perform pg_advisory_xact_lock(hashtext('make_month_partition:' || parent_name));
    if to_regclass(name) is not null then
        return false;
    end if;
    select a.attname, a.atttypid = 'date'::regtype into strict col, is_date
    from pg_partitioned_table p
    join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
    where p.partrelid = parent and p.partstrat = 'r';
    low := case when is_date then first::text else (first::timestamp at time zone 'UTC')::text end;
    high := case when is_date then past::text else (past::timestamp at time zone 'UTC')::text end;
    execute format(
        'create table %I (like %s including defaults including constraints including generated
        including indexes including storage)', name, parent);
    -- Generated columns are computed anew: they cannot be given.
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
    where attrelid = parent and attnum > 0 and not attisdropped and attgenerated = '';
    execute format(
        'with moved as (delete from %I where %I >= %L and %I < %L returning %s)
        insert into %I (%s) overriding system value select %s from moved',
        parent_name || '_default', col, low, col, high, columns, name, columns, columns);
    execute format(
        'alter table %s attach partition %I for values from (%L) to (%L)', parent, name, low, high);
    return true;
end $$;
revoke all on function make_month_partition(regclass, date) from public;

-- Turn a table that has no rows into one that is partitioned by month over a column. Its key
-- becomes (key, column); indexes, unique rules and foreign keys are made again as they were.
create function partition_by_month(name text, col text) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    plain text := name || '_plain';
    key text;
    counter text;
    definitions text[];
    definition text;
begin
    execute format('alter table %I rename to %I', name, plain);
    select quote_ident(a.attname) into strict key from pg_index i
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = plain::regclass and i.indisprimary;
    counter := pg_get_serial_sequence(plain, key);
    select coalesce(array_agg(each), '{}') into definitions from (
        select format('alter table %I add constraint %I %s', name, conname,
            pg_get_constraintdef(oid)) as each
        from pg_constraint where conrelid = plain::regclass and contype in ('f', 'u')
        union all
        select replace(pg_get_indexdef(indexrelid),
            format(' ON public.%I ', plain), format(' ON public.%I ', name))
        from pg_index where indrelid = plain::regclass and not indisprimary
        and indexrelid not in (select conindid from pg_constraint where conrelid = plain::regclass)
    ) found;
    execute format(
        'create table %I (like %I including defaults including constraints including generated
        including identity including storage) partition by range (%I)', name, plain, col);
    execute format('drop table %I', plain);
    if counter is not null then
        execute format('alter sequence %s rename to %I', pg_get_serial_sequence(name, key),
            split_part(counter, '.', 2));
    end if;
    execute format('alter table %I add primary key (%s, %I)', name, key, col);
    foreach definition in array definitions loop
        execute definition;
    end loop;
    execute format('create table %I partition of %I default', name || '_default', name);
    perform make_month_partition(name::regclass,
        ((now() at time zone 'UTC') + make_interval(months => m))::date)
    from generate_series(-1, 3) m;
end $$;
revoke all on function partition_by_month(text, text) from public;
