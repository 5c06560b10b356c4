"""Bars, curves, percentages and money of the console's lists."""

import decimal

import pytest
from django.utils import translation

from accounts.admin.figures import bar, money, percent, share_bar, sparkline


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("value", "width"), [(-1, "0.0"), (0, "0.0"), (5, "50.0"), (10, "100.0"), (99, "100.0")]
)
def test_a_bar_stays_within_its_bounds(value, width):
    assert f'width="{width}"' in bar(value, 10)


def test_a_bar_says_its_number_and_its_drawing_is_hidden_from_readers_of_the_screen():
    drawn = bar(1234.5, 2000)
    assert "1,234.5" in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_bar_of_nothing_is_a_dash_and_one_of_zero_divides_nothing():
    assert bar(None, 10) == "–"
    assert 'width="0.0"' in bar(3, 0)


def test_a_label_is_text_not_markup():
    assert "&lt;b&gt;" in bar(1, 2, "<b>")


def test_a_curve_tells_first_last_and_highest():
    drawn = sparkline([1, None, 9, 4])
    assert 'aria-label="From 1 to 4, at most 9"' in drawn
    assert drawn.count(",") >= 3
    assert 'role="img"' in drawn


def test_a_level_curve_and_too_few_values_are_no_error():
    assert "polyline" in sparkline([3, 3, 3])
    assert sparkline([]) == "–"
    assert "7" in sparkline([7])


def test_shares_are_percentages():
    assert percent(0.1234) == "12.3%"
    assert percent(1) == "100%"
    assert "12.3%" in share_bar(0.1234)
    assert percent(None) == "–"


def test_money_keeps_its_order_and_its_small_change():
    assert "1,234.50" in money(decimal.Decimal("1234.5"), "SAR")
    assert "SAR" in money(1, "SAR")
    assert "0.000150" in money(decimal.Decimal("0.00015"), "USD")
    with translation.override("ar"):
        assert money(1, "SAR").startswith('<bdi class="hh-number">')
