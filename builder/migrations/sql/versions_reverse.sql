drop trigger builder_end_versions on builder_project;
drop function builder_end_versions();
create or replace function builder_refuse_new_version() returns trigger language plpgsql as $$
begin
    if new.user_id is not null and new.user_id is distinct from old.user_id
        or to_jsonb(new) - 'user_id' is distinct from to_jsonb(old) - 'user_id' then
        raise check_violation using message = tg_table_name || ' is never changed',
            constraint = tg_table_name || '_immutable', table = tg_table_name;
    end if;
    return new;
end $$;
drop function builder_save_version(text, uuid, uuid, uuid, integer, integer, jsonb, text[]);
drop function builder_add_version(text, uuid, uuid, uuid, integer, jsonb, text[], boolean, boolean);
drop function builder_saver();
drop function builder_first_number(text, uuid, uuid);
