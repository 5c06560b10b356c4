drop function accounts_find_invitation(text);
drop function accounts_end_session(bigint, uuid);
revoke all on usersessions_usersession from halfhour_tenant;
drop policy usersessions_usersession_read on usersessions_usersession;
drop policy usersessions_usersession_web on usersessions_usersession;
alter table usersessions_usersession disable row level security;
drop function accounts_credential_secret(text, text);
drop policy accounts_apikey_remove on accounts_apikey;
drop policy accounts_apikey_change on accounts_apikey;
drop policy accounts_apikey_add on accounts_apikey;
drop function accounts_may_write_key(text, uuid);
create policy accounts_apikey_add on accounts_apikey for insert to halfhour_tenant with check ((
    workspace_id = (select app_workspace()) and ((select current_setting('app.role', true))
    in ('owner', 'admin') or kind = 'ingest' or user_id = (select app_user())))
    and (select current_setting('app.role', true)) in ('owner', 'admin', 'editor', 'server'));
create policy accounts_apikey_change on accounts_apikey for update to halfhour_tenant using ((
    workspace_id = (select app_workspace()) and ((select current_setting('app.role', true))
    in ('owner', 'admin') or kind = 'ingest' or user_id = (select app_user())))
    and (select current_setting('app.role', true)) in ('owner', 'admin', 'editor', 'server'));
create policy accounts_apikey_remove on accounts_apikey for delete to halfhour_tenant using ((
    workspace_id = (select app_workspace()) and ((select current_setting('app.role', true))
    in ('owner', 'admin') or kind = 'ingest' or user_id = (select app_user())))
    and (select current_setting('app.role', true)) in ('owner', 'admin', 'editor', 'server'));
drop trigger accounts_membership_keeps_owner on accounts_membership;
drop function accounts_keep_an_owner();
revoke update (onboarding_stage, onboarding_completed, onboarding_completed_at) on accounts_user
    from halfhour_tenant;
drop function accounts_subscription_of(uuid);
drop function accounts_note_activity(uuid);
drop function accounts_allows_analytics(uuid);
