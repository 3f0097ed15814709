"""Two stacks side by side: in a terminal, in a chart, by component."""

from xml.etree import ElementTree

import pytest

from made_values import made_comparison, made_stack
from stack_half_life.domain.results import Comparison, DayQuantiles
from stack_half_life.report.differences import differences
from stack_half_life.report.svg.difference import difference
from stack_half_life.report.svg.fan import fan
from stack_half_life.report.text.comparison import comparison_text


def compared() -> Comparison:
    a, b = made_stack("First"), made_stack("Second")
    return made_comparison(a, b.model_copy(update={"components": b.components[:3]}))


def spread(low: float, middle: float, high: float) -> DayQuantiles:
    return DayQuantiles(mean=middle, p10=low, p50=middle, p80=high, p90=high, standard_error=0.1)


def test_the_answer_names_both_and_the_difference() -> None:
    a, b = made_stack("First"), made_stack("Second")
    said = comparison_text(a, b, made_comparison(a, b))
    for expected in (
        "A  First",
        "B  Second",
        "B − A, over the same futures",
        "−12 ± 0.01 person-days in the mean",
        "at an assumed 800 EUR a person-day",
        "in 70 % of the futures",
        "after 1.2 years B stays ahead in expected cost",
    ):
        assert expected in said


def test_no_break_even_is_said_in_words() -> None:
    a, b = made_stack("First"), made_stack("Second")
    never = made_comparison(a, b).model_copy(update={"break_even_years": None})
    assert "none: the order of the expected costs never changes" in comparison_text(a, b, never)


def test_components_of_one_stack_only_are_told_apart() -> None:
    found = {item.name: item for item in differences(compared())}
    assert found["House engine"].b_days is None
    assert found["House engine"].a_days is not None
    assert found["vLLM"].a_days == found["vLLM"].b_days


def test_the_largest_difference_stands_first() -> None:
    gaps = [abs(item.gap_days.mean) for item in differences(compared())]
    assert gaps == sorted(gaps, reverse=True)


@pytest.mark.parametrize(
    ("low", "middle", "high", "bars"),
    [(-20, -12, -2, 1), (-10, 1, 30, 2), (1, 5, 9, 1), (0, 0, 0, 0)],
)
def test_the_difference_is_drawn_on_the_side_it_falls(
    low: float, middle: float, high: float, bars: int
) -> None:
    made = compared().model_copy(
        update={"difference_days": spread(low, middle, high), "distribution": None}
    )
    root = ElementTree.fromstring(difference("d", made))
    assert len(root.findall("rect")) == bars
    assert "P10" in (root.findtext("desc") or "")


def test_two_fans_share_their_axes_and_are_told_apart() -> None:
    comparison = compared()
    root = ElementTree.fromstring(fan("f", [comparison.a, comparison.b]))
    lines = [path.attrib["class"] for path in root.findall("path")]
    assert lines.count("line series-0") == lines.count("line series-1") == 1
    labels = [text for text in root.findall("text") if "label" in text.attrib["class"]]
    heights = [float(text.attrib["y"]) for text in labels]
    assert len(set(heights)) == len(heights) == 4


def test_the_distribution_is_coloured_by_who_is_cheaper() -> None:
    root = ElementTree.fromstring(difference("d", compared()))
    hill = [r.attrib["class"] for r in root.findall("rect") if "soft" in r.attrib["class"]]
    assert hill == ["fill soft series-1"] * 3 + ["fill soft series-0"]


def test_large_differences_are_written_out_on_the_axis() -> None:
    compared_widely = compared().model_copy(
        update={"difference_days": spread(-1800.0, 20.0, 1500.0), "distribution": None}
    )
    chart = str(difference("d", compared_widely))
    assert "+2,000" in chart or "+1,000" in chart
    assert "e+0" not in chart
