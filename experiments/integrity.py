"""What must hold of tests, and no constraint can say.

That the variations of a test that runs make 100 per cent is held by constraint triggers too; a
restore or a load with triggers switched off gets past those.
"""

from collections.abc import Iterator
from typing import Final

from accounts.checking import Finding, checked, rows

_TRAFFIC: Final = """
select t.id, format('is %s: %s variations have %s per cent of the traffic', t.status,
    count(v.id), coalesce(sum(v.traffic_percentage), 0))
from experiments_abtest t left join experiments_testvariation v on v.ab_test_id = t.id
where t.status in ('active', 'paused')
group by t.id having count(v.id) < 2 or sum(v.traffic_percentage) is distinct from 100 order by 1
"""
_SHOWN: Final = """
select t.id, format('shows p %s, its latest result says %s', t.p_value, r.p_value)
from experiments_abtest t join lateral (
    select p_value, confidence_level, significance_status, projected_lift,
        estimated_revenue_impact
    from experiments_testresult r where r.workspace_id = t.workspace_id and r.ab_test_id = t.id
    order by r.calculated_at desc limit 1
) r on true
where (t.p_value, t.confidence_level, t.significance_status, t.projected_lift, t.revenue_impact)
    is distinct from (r.p_value, r.confidence_level, r.significance_status, r.projected_lift,
        r.estimated_revenue_impact)
order by 1
"""
_TOTALS: Final = """
select r.ab_test_id, format('a result counted %s impressions and %s conversions, more than the '
    'variations have', r.total_impressions, r.total_conversions)
from experiments_testresult r join (
    select ab_test_id, sum(impressions) as impressions, sum(conversions) as conversions
    from experiments_testvariation group by 1
) v on v.ab_test_id = r.ab_test_id
where r.total_impressions > v.impressions or r.total_conversions > v.conversions order by r.id
"""


@checked(
    name="experiments.running_test_is_whole",
    title="A test that runs has two variations at least, with all of its traffic",
    mend="Cancel the test, and start a copy of it whose variations make 100 per cent.",
)
def running_tests_that_are_not_whole() -> Iterator[Finding]:
    return rows("experiments.ABTest", _TRAFFIC)


@checked(
    name="experiments.test_shows_its_result",
    title="A test shows the figures of its latest result",
    mend="Calculate the test again.",
)
def tests_that_show_something_else() -> Iterator[Finding]:
    return rows("experiments.ABTest", _SHOWN)


@checked(
    name="experiments.result_is_of_the_counts",
    title="No result counted more than its test's variations have by now",
    mend="Counts were lost: restore the variations' figures from a backup, or cancel the test.",
)
def results_above_the_counts() -> Iterator[Finding]:
    return rows("experiments.ABTest", _TOTALS)
