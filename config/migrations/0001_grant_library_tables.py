"""What the web login and the tenant's role may do with the tables of Django and allauth.

No default grants: a table that is not named here, or by EnableRowSecurity, is closed to both.
"""

from django.db import migrations

SIGN_IN = (
    "django_session, account_emailaddress, account_emailconfirmation, mfa_authenticator,"
    " usersessions_usersession"
)
RIGHTS = (
    "django_content_type, auth_permission, auth_group, auth_group_permissions,"
    " accounts_user_groups, accounts_user_user_permissions"
)

GRANT = f"""
grant select, insert, update, delete on {SIGN_IN} to halfhour_web;
grant usage on sequence account_emailaddress_id_seq, account_emailconfirmation_id_seq,
    mfa_authenticator_id_seq, usersessions_usersession_id_seq to halfhour_web;
grant select on {RIGHTS}, django_migrations to halfhour_web;
grant select on {RIGHTS} to halfhour_tenant;
grant select, insert on django_admin_log to halfhour_tenant;
grant usage on sequence django_admin_log_id_seq to halfhour_tenant;
alter table django_admin_log enable row level security;
create policy django_admin_log_own on django_admin_log to halfhour_tenant
    using (user_id = (select app_user())) with check (user_id = (select app_user()));
"""
REVOKE = f"""
drop policy django_admin_log_own on django_admin_log;
alter table django_admin_log disable row level security;
revoke all on sequence django_admin_log_id_seq from halfhour_tenant;
revoke all on {RIGHTS}, django_admin_log from halfhour_tenant;
revoke all on {RIGHTS}, {SIGN_IN}, django_migrations from halfhour_web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_secure_rows"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
