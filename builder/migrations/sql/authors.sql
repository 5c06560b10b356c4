-- A version stays as it was; only its author may go (an erased person's).
create function builder_refuse_new_version() returns trigger language plpgsql as $$
begin
    if new.user_id is not null and new.user_id is distinct from old.user_id
        or to_jsonb(new) - 'user_id' is distinct from to_jsonb(old) - 'user_id' then
        raise check_violation using message = tg_table_name || ' is never changed',
            constraint = tg_table_name || '_immutable', table = tg_table_name;
    end if;
    return new;
end $$;
create trigger builder_versionhistory_immutable before update on builder_versionhistory
    for each row execute function builder_refuse_new_version();

-- A comment is made and removed by its author; a program's (no user) by programs.
create policy builder_comment_own_add on builder_comment as restrictive for insert
    to halfhour_tenant with check (author_id is not distinct from (select app_user()));
create policy builder_comment_own_remove on builder_comment as restrictive for delete
    to halfhour_tenant using (author_id is not distinct from (select app_user()));

-- Whoever may comment may resolve; the words, the place and the author are not theirs to change.
create function builder_comment_own_words() returns trigger language plpgsql as $$
begin
    if (select current_user) = 'halfhour_tenant'
        and old.author_id is distinct from (select app_user())
        and (new.body, new.author_id, new.project_id, new.workspace_id)
            is distinct from (old.body, old.author_id, old.project_id, old.workspace_id)
        or (select current_user) = 'halfhour_tenant'
        and new.author_id is distinct from old.author_id then
        raise insufficient_privilege using message = 'a comment is its author''s to change',
            constraint = 'builder_comment_own_words', table = 'builder_comment';
    end if;
    return new;
end $$;
create trigger builder_comment_own_words before update on builder_comment
    for each row execute function builder_comment_own_words();
