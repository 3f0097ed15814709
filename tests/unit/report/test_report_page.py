"""The HTML report: one safe file in which every figure says what kind of number it is."""

import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from made_values import (
    AS_OF,
    EVIDENCE,
    made_comparison,
    made_component,
    made_forecast,
    made_profiles,
    made_stack,
)
from stack_half_life.domain.facts import Source
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.clock_figures import clock_figures
from stack_half_life.report.html.document import report_html
from stack_half_life.report.subject import Subject
from stack_half_life.store.shipped import shipped_hyperparameters

SOURCE = Source(
    key=EVIDENCE.source,
    title="A made source",
    licence="MIT",
    credit="A made credit",
    retrieved_on=EVIDENCE.retrieved_on,
)
HOSTILE = "<script>alert(1)</script>\"'&"


def subject(stack: Stack) -> Subject:
    profiles = made_profiles(stack)
    hyper = shipped_hyperparameters()
    clocks = {name: clock_figures(known, hyper, AS_OF) for name, known in profiles.items()}
    return Subject(stack, profiles, made_forecast(stack), clocks)


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(subject(made_stack()), known_sources={EVIDENCE.source: SOURCE})


class Reading(HTMLParser):
    """What a browser would see: tags, attributes and text."""

    VOID = frozenset({"meta", "br", "link", "input", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, key, value or "") for key, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, key, value or "") for key, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))


def test_the_page_is_whole_and_its_ids_are_unique(page: str) -> None:
    reading = Reading(page)
    assert reading.open == []
    ids = Counter(value for _, key, value in reading.attributes if key == "id")
    assert [name for name, times in ids.items() if times > 1] == []
    wanted = {
        name
        for _, key, value in reading.attributes
        if key == "aria-labelledby"
        for name in value.split()
    }
    assert wanted <= set(ids)


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    reading = Reading(page)
    tags = {tag for tag, _, _ in reading.attributes} | {tag for tag, _ in reading.texts}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed"}
    for _, key, value in reading.attributes:
        assert not key.startswith("on")
        if key in {"src", "href", "action"}:
            assert value.startswith("#")
    assert "@import" not in page
    assert re.findall(r"url\(([^)]*)\)", page) == re.findall(r"url\((#[^)]*)\)", page)
    assert "default-src 'none'" in page


def test_every_chart_is_sound_and_described(page: str) -> None:
    charts = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(charts) == 4
    for chart in charts:
        root = ElementTree.fromstring(chart)
        assert root.attrib["role"] == "img"
        assert root.findtext("title")
        assert len(root.findtext("desc") or "") > 40
        assert "nan" not in chart
        assert "inf" not in re.sub(r"info\w*", "", chart)


def test_every_column_of_figures_is_marked(page: str) -> None:
    heads = re.findall(r'<th scope="col" class="figure"[^>]*>(.*?)</th>', page)
    assert len(heads) > 20
    assert all('class="mark ' in head for head in heads)
    for kind in ("fact", "estimate", "assumption"):
        assert f'class="mark {kind}"' in page


def test_headline_figures_name_their_assumption(page: str) -> None:
    text = " ".join(data for _, data in Reading(page).texts)
    for expected in (
        "In money",
        "at 800 EUR a person\u2011day, not discounted",
        "3 of 4 components known",
        "House engine *",
        "reach an announced end of support within the horizon; the first is",
        "2028-06-30",
        "A made credit, MIT",
        "endoflife.date, by its contributors, under the MIT licence",
        "default",
        "1,000",
        "not reached by that share of futures",
    ):
        assert expected in text


def test_hostile_names_stay_words() -> None:
    stack = Stack(
        name=HOSTILE,
        note=HOSTILE,
        components=(made_component(HOSTILE, Layer.MODEL), made_component("b", Layer.SERVING)),
    )
    profiles = made_profiles(made_stack())
    some = next(iter(profiles.values()))
    told = Subject(stack, {c.name: some for c in stack.components}, made_forecast(stack))
    page = report_html(told, told, made_comparison(stack, stack), known_sources={})
    assert "<script" not in page
    reading = Reading(page)
    assert reading.open == []
    assert any(HOSTILE in data for _, data in reading.texts)
    assert all(not key.startswith("on") for _, key, _ in reading.attributes)


def test_two_stacks_are_compared_first() -> None:
    a, b = made_stack("First"), made_stack("Second")
    other = b.model_copy(update={"components": b.components[:3]})
    page = report_html(subject(a), subject(other), made_comparison(a, other), known_sources={})
    text = " ".join(data for _, data in Reading(page).texts)
    for expected in ("A against B", "Chance that B is cheaper", "70 %", "not in B", "Break-even"):
        assert expected in text
    assert text.index("A against B") < text.index("What it costs")


def test_an_empty_future_is_told(page: str) -> None:
    assert "nothing" not in page
    stack = made_stack()
    forecast = made_forecast(stack)
    still = forecast.model_copy(
        update={
            "stack_half_life_years": None,
            "components": tuple(
                component.model_copy(
                    update={
                        "first_rework_years": forecast.components[-1].replacement_years,
                        "upgrades": (),
                        "replacements": (),
                    }
                )
                for component in forecast.components
            ),
        }
    )
    told = report_html(Subject(stack, made_profiles(stack), still), known_sources={})
    assert "not reached" in told
    assert "in half of the futures within 5 years" in told


def test_what_the_forecast_warns_of_is_shown_and_marked() -> None:
    stack = made_stack()
    warned = made_forecast(stack).model_copy(
        update={"warnings": ("Assumption: dice are fair", *(f"Warning {k}" for k in range(9)))}
    )
    page = report_html(Subject(stack, made_profiles(stack), warned), known_sources={})
    assert re.search(r"Dice are fair</span>&nbsp;<abbr class=\"mark assumption\"", page)
    assert "Warning 8" in page
    assert "<summary>4 more</summary>" in page
