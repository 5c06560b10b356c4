import datetime as dt
import zoneinfo

import pytest

from analytics.funnel import change, day_range, steps
from analytics.templatetags.figures import bar_width, percent


def test_each_step_tells_its_share_of_the_first_and_of_the_one_before():
    made = steps([("visits", "Visits", 200), ("forms", "Forms", 50), ("leads", "Leads", 40)])
    assert [(step.share, step.rate) for step in made] == [(1.0, 1.0), (0.25, 0.25), (0.2, 0.8)]


def test_nothing_at_all_is_nought_not_an_error():
    assert [step.share for step in steps([("visits", "V", 0), ("leads", "L", 0)])] == [0.0, 0.0]


@pytest.mark.parametrize(("now", "before", "told"), [(12, 10, 0.2), (0, 10, -1.0), (3, 0, None)])
def test_a_change_needs_something_to_compare_with(now, before, told):
    assert change(now, before) == told


def test_days_are_the_workspaces_own():
    riyadh = zoneinfo.ZoneInfo("Asia/Riyadh")
    just_past_midnight_there = dt.datetime(2026, 3, 1, 21, 30, tzinfo=dt.UTC)
    start, end = day_range(now=just_past_midnight_there, days=1, zone=riyadh)
    assert (start.isoformat(), end.isoformat()) == (
        "2026-03-02T00:00:00+03:00",
        "2026-03-03T00:00:00+03:00",
    )


@pytest.mark.parametrize(
    ("ratio", "sign", "text"),
    [(0.0345, "", "3.5"), (0.5, "+", "+50"), (-0.25, "+", "-25"), (0, "", "0")],
)
def test_percentages_read_as_a_person_writes_them(ratio, sign, text):
    assert percent(ratio, sign) == f"{text}\N{NARROW NO-BREAK SPACE}%"


def test_a_bar_of_next_to_nothing_can_still_be_seen():
    assert (bar_width(0), bar_width(0.0001), bar_width(0.5)) == ("0.0%", "0.7%", "50.0%")
