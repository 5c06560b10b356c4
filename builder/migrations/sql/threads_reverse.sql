-- Replies and deleted threads cannot be told in a table without threads.
drop trigger builder_comment_last_reply on builder_comment;
drop function builder_comment_last_reply();
delete from builder_comment where parent_id is not null;
delete from builder_comment where deleted_at is not null;
drop trigger builder_comment_place on builder_comment;
drop function builder_comment_place();
create or replace function builder_comment_own_words() returns trigger language plpgsql as $$
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
set constraints all immediate;
alter table builder_comment drop constraint builder_comment_wireframe_id_workspace;
alter table builder_comment drop constraint builder_comment_parent_id_workspace;
drop index builder_comment_of_project_id;
drop index builder_comment_mine_settled;
drop index builder_comment_on_page;
drop index builder_comment_replies;
alter table builder_comment
    drop constraint builder_comment_anchor,
    drop constraint builder_comment_settled,
    drop constraint builder_comment_body;
alter table builder_comment add constraint builder_comment_body check (not (body = ''));
alter table builder_comment
    drop column deleted_at,
    drop column resolved_by_id,
    drop column component_id,
    drop column page_key,
    drop column wireframe_id,
    drop column parent_id;
