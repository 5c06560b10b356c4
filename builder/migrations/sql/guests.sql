-- An address is asked by an invitation, whose answer does not tell whether it has an account.
drop function builder_find_person(text);

-- What a guest is invited to is a project of that workspace; when it goes, so does the invitation.
create unique index if not exists builder_project_workspace_id_id
    on builder_project (workspace_id, id);
alter table accounts_invitation add constraint accounts_invitation_guest_of_workspace
    foreign key (workspace_id, guest_of) references builder_project (workspace_id, id)
    on delete cascade;
create index accounts_invitation_guest_of on accounts_invitation (workspace_id, guest_of)
    where guest_of is not null;
