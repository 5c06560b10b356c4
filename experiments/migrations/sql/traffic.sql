-- A test that runs (or pauses) gives away all of its traffic: its variations make 100 per cent.
-- A sum over rows is no CHECK, so constraint triggers look at it: when a test starts, and when the
-- variations of one that has started change. They look at the end of the statement; whoever changes
-- several variations one after the other says `set constraints ... deferred` first.
--
-- Two transactions, one that starts a test and one that changes its variations, would each miss
-- what the other does: the second locks the test's row first, which the first has changed.
create function experiments_require_whole_traffic(test uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    shared numeric;
    variations integer;
begin
    select coalesce(sum(traffic_percentage), 0), count(*) into shared, variations
    from experiments_testvariation where ab_test_id = test;
    if shared <> 100 or variations < 2 then
        raise check_violation using
            message = format('%s variations of a test that runs have %s per cent of its traffic',
                variations, shared),
            constraint = 'experiments_abtest_whole_traffic', table = 'experiments_abtest';
    end if;
end $$;
revoke all on function experiments_require_whole_traffic(uuid) from public;

create function experiments_abtest_check_traffic() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform experiments_require_whole_traffic(new.id);
    return null;
end $$;

create function experiments_testvariation_check_traffic() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    test uuid;
    running boolean;
begin
    foreach test in array case tg_op
        when 'INSERT' then array[new.ab_test_id]
        when 'DELETE' then array[old.ab_test_id]
        else array[old.ab_test_id, new.ab_test_id]
    end loop
        select status in ('active', 'paused') into running
        from experiments_abtest where id = test for no key update;
        if running then
            perform experiments_require_whole_traffic(test);
        end if;
    end loop;
    return null;
end $$;

create constraint trigger experiments_abtest_whole_traffic
after insert or update of status on experiments_abtest deferrable initially immediate
for each row when (new.status = 'active') execute function experiments_abtest_check_traffic();

create constraint trigger experiments_testvariation_whole_traffic
after insert or update of traffic_percentage, ab_test_id on experiments_testvariation
deferrable initially immediate
for each row execute function experiments_testvariation_check_traffic();

-- Variations are deleted before their test is, when that goes: it is looked for at the end.
create constraint trigger experiments_testvariation_still_whole
after delete on experiments_testvariation deferrable initially deferred
for each row execute function experiments_testvariation_check_traffic();
