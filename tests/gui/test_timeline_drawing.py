from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from stack_half_life.domain.results import TimeQuantiles
from stack_half_life.gui.charts.ticks import nice_ticks
from stack_half_life.gui.timeline.axis import TimeAxis, past_shown_years
from stack_half_life.gui.timeline.painting import draw_spread, fade

AS_OF = date(2026, 11, 23)


@settings(derandomize=True, max_examples=60)
@given(st.floats(1 / 365, 100), st.floats(200, 3000))
def test_ticks_keep_their_distance_and_lie_on_the_axis(horizon: float, width: float) -> None:
    axis = TimeAxis(AS_OF, past_shown_years(horizon), horizon, 0.0, width)
    places = [axis.x(years) for years, _day, _months in axis.ticks()]
    assert all(0 <= place <= width for place in places)
    assert all(b - a >= 50 for a, b in pairwise(places))


def test_times_off_the_axis_are_kept_at_its_ends() -> None:
    axis = TimeAxis(AS_OF, 2.0, 5.0, 10.0, 710.0)
    assert (axis.x(-50), axis.x(0), axis.x(50)) == (10.0, 210.0, 710.0)


@settings(derandomize=True, max_examples=60)
@given(st.floats(1e-6, 1e9))
def test_axis_ticks_are_round_start_at_zero_and_stay_below_the_top(highest: float) -> None:
    ticks = nice_ticks(highest)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 7
    assert ticks[-1] <= highest * (1 + 1e-6)


def painted_columns(spread: TimeQuantiles) -> list[int]:
    """The pixel columns in which a spread leaves something."""
    image = QImage(710, 12, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    axis = TimeAxis(AS_OF, 2.0, 5.0, 0.0, 700.0)
    draw_spread(painter, spread, axis, 0.0, 12.0, QColor("black"))
    painter.end()
    return [x for x in range(710) if any(image.pixelColor(x, y).alpha() for y in range(12))]


def test_a_spread_reaches_from_p10_to_p90_and_to_the_edge_where_p90_is_beyond() -> None:
    within = painted_columns(TimeQuantiles(p10=1.0, p50=2.0, p90=3.0))
    assert [within[0], within[-1]] == pytest.approx([300, 500], abs=2)
    for late in (
        TimeQuantiles(p10=1.0, p50=None, p90=None),
        TimeQuantiles(p10=1.0, p50=4.0, p90=9.0),
    ):
        beyond = painted_columns(late)
        assert [beyond[0], beyond[-1]] == pytest.approx([300, 700], abs=2)
    assert painted_columns(TimeQuantiles(p10=None, p50=None, p90=None)) == []


@pytest.mark.parametrize(
    ("quantiles", "last"),
    [
        (TimeQuantiles(p10=None, p50=None, p90=None), (0.0, 1.0)),
        (TimeQuantiles(p10=1.0, p50=None, p90=None), (1.0, 0.9)),
        (TimeQuantiles(p10=1.0, p50=2.0, p90=9.0), (5.0, 0.1)),
    ],
)
def test_a_bar_fades_only_as_far_as_the_futures_say(
    quantiles: TimeQuantiles, last: tuple[float, float]
) -> None:
    stops = fade(quantiles, 5.0)
    assert stops[0] == (0.0, 1.0)
    assert stops[-1] == last
