"""Row security of experiments; whole traffic, and a winner out of the test itself."""

from pathlib import Path

from django.db import migrations

from accounts.tenancy.operations import EnableRowSecurity, TenantForeignKeys

SQL = Path(__file__).parent / "sql"

WINNERS = """
alter table experiments_abtest add constraint experiments_abtest_winner_of_test
    foreign key (id, winning_variation_id) references experiments_testvariation (ab_test_id, id);
alter table experiments_testresult add constraint experiments_testresult_winner_of_test
    foreign key (ab_test_id, winning_variation_id)
    references experiments_testvariation (ab_test_id, id);
"""
NO_WINNERS = """
alter table experiments_testresult drop constraint experiments_testresult_winner_of_test;
alter table experiments_abtest drop constraint experiments_abtest_winner_of_test;
"""
# Whoever deletes a profile may not write what mentions it: the database lets go of it.
PROFILE = """
alter table experiments_abtest drop constraint experiments_abtest_profile_id_workspace;
alter table experiments_abtest add constraint experiments_abtest_profile_id_workspace
    foreign key (workspace_id, profile_id)
    references personalization_metauserprofile (workspace_id, id) on delete set null (profile_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("experiments", "0001_initial"),
        ("personalization", "0002_secure_rows"),
    ]

    operations = [
        EnableRowSecurity("ABTest"),
        EnableRowSecurity("TestVariation"),
        EnableRowSecurity("TestResult"),
        TenantForeignKeys("ABTest"),
        TenantForeignKeys("TestVariation"),
        TenantForeignKeys("TestResult"),
        migrations.RunSQL(PROFILE, migrations.RunSQL.noop),
        migrations.RunSQL(WINNERS, NO_WINNERS),
        migrations.RunSQL(
            (SQL / "traffic.sql").read_text(), (SQL / "traffic_reverse.sql").read_text()
        ),
    ]
