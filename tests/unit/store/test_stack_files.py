"""Stack files: what is written is read back, and what is wrong is named."""

import os
import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.forces import Exposures, Forces
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import (
    Component,
    Coupling,
    Estimate3,
    OverriddenFigure,
    Override,
    ProductKind,
    Scenario,
    Stack,
    UpgradePolicy,
)
from stack_half_life.errors import StackFileError
from stack_half_life.store.stack_files import MAX_BYTES, read_stack, write_stack
from stack_half_life.store.stack_toml import stack_from_toml, stack_to_toml

COMPONENT = '[[component]]\nname = "vLLM"\nprofile = "vllm"\nlayer = "serving"\n'

text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(
    lambda words: words.strip() != ""
)
figures = st.floats(min_value=0, max_value=1, allow_subnormal=False)


@st.composite
def judgements(draw: st.DrawFn, most: float) -> Estimate3:
    low, likely, high = sorted(draw(st.tuples(figures, figures, figures)))
    return Estimate3(low=low * most, likely=likely * most, high=high * most)


@st.composite
def components(draw: st.DrawFn, name: str) -> Component:
    return Component(
        name=name,
        profile=draw(text),
        layer=draw(st.sampled_from(Layer)),
        cycle=draw(st.none() | text),
        policy=draw(st.sampled_from(UpgradePolicy)),
        in_use_since=draw(st.sampled_from([None, PartialDate("2024"), PartialDate("2024-02-29")])),
        effort_days=draw(judgements(100_000.0)),
        upgrade_share=draw(judgements(1.0)),
        upgrade_lag_years=draw(figures),
        exposures=draw(st.none() | st.builds(Exposures, research_pace=figures)),
        overrides=tuple(
            draw(
                st.lists(
                    st.builds(
                        Override,
                        figure=st.sampled_from(OverriddenFigure),
                        value_years=st.floats(0.01, 200),
                        reason=text,
                    ),
                    max_size=2,
                )
            )
        ),
        note=draw(st.just("") | text | st.just('one\ntwo """ three\\\n\r\x7f end')),
    )


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    names = draw(
        st.lists(text, max_size=4, unique_by=lambda name: name.strip().casefold()).map(
            lambda found: [name.strip() for name in found]
        )
    )
    pairs = [(a, b) for a in names for b in names if a != b][:2]
    return Stack(
        name=draw(text),
        kind=draw(st.sampled_from(ProductKind)),
        components=tuple(draw(components(name)) for name in names),
        couplings=tuple(
            Coupling(when=a, then=b, adapt_probability=draw(figures)) for a, b in pairs
        ),
        default_couplings=draw(st.booleans()),
        scenario=Scenario(
            horizon_years=draw(st.floats(0.01, 100)),
            seed=draw(st.integers(0, 2**63 - 1)),
            day_rate=draw(st.floats(0, 1e6)),
            forces=Forces(research_pace=draw(st.floats(0.1, 10))),
        ),
        note=draw(st.just("") | text),
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(stacks())
def test_a_stack_survives_writing_and_reading(stack: Stack) -> None:
    written = stack_to_toml(stack)
    assert stack_from_toml(written, "here") == stack
    assert stack_to_toml(stack_from_toml(written, "here")) == written
    tomllib.loads(written)


def test_one_edit_changes_one_line() -> None:
    stack = stack_from_toml(COMPONENT + COMPONENT.replace("vLLM", "other"), "here")
    first = stack.components[0].model_copy(update={"policy": UpgradePolicy.PINNED})
    edited = stack.model_copy(update={"components": (first, *stack.components[1:])})
    before, after = stack_to_toml(stack).splitlines(), stack_to_toml(edited).splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("x =", "here.toml: is not TOML: "),
        ("a = 1\nb = = 2", "(at line 2, column 5)"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("a = " + "9" * 5000, "is not TOML"),
        ("a = 0x" + "f" * 5000, "holds a whole number too long to be one"),
        ("format = 2", "format: is 2, from a newer version of the program; this one reads up to 1"),
        ('format = "one"', "format: is 'one'; 1 is allowed"),
        ("colour = 1", "colour: unknown key; allowed are name, kind, component"),
        ("components = []", "components: unknown key; write [[component]]"),
        ('[component]\nname = "a"', "component: write [[component]], with two brackets"),
        ("component = 3", "component: write [[component]], with two brackets"),
        ("component = [3]", "component 1: is 3: a table is required"),
        (COMPONENT + "[[component.override]]", "override: unknown key; did you mean “overrides”?"),
        (COMPONENT + "efort_days = 3", "efort_days: unknown key; did you mean “effort_days”?"),
        (
            COMPONENT + "effort_days = 5",
            "component 1 “vLLM”: effort_days: is 5: a table is required",
        ),
        (
            COMPONENT + "effort_days = { low = 1, likely = 2, high = nan }",
            "component 1 “vLLM”: effort_days.high: is nan: a finite number is required",
        ),
        (
            COMPONENT + "effort_days = { low = 1, likely = 2, high = inf }",
            "effort_days.high: is inf: a finite number is required",
        ),
        (
            COMPONENT + "effort_days = { low = -2, likely = 2, high = 3 }",
            "effort_days: low is -2: person-days from 0 to 100,000 are allowed",
        ),
        (
            COMPONENT + "effort_days = { low = 1, likely = 2, high = 1e9 }",
            "effort_days: high is 1e+09: person-days from 0 to 100,000 are allowed",
        ),
        (
            COMPONENT + "effort_days = { low = 3, likely = 2, high = 9 }",
            "effort_days: low ≤ likely ≤ high is required",
        ),
        (
            COMPONENT + "effort_days = { low = true, likely = 2, high = 9 }",
            "effort_days.low: is true: a number is required",
        ),
        (
            COMPONENT + "effort_days = { low = 1, likly = 2, high = 9 }",
            "effort_days.likly: unknown key; did you mean “likely”?; 1 more problem",
        ),
        (COMPONENT + "cycle = 12", "cycle: is 12: text (in quotes) is required"),
        (
            COMPONENT + 'policy = "never"',
            "policy: is “never”; allowed are latest, supported, pinned",
        ),
        (
            COMPONENT.replace('"serving"', '"servin"'),
            "layer: is “servin”; did you mean “serving”?",
        ),
        (COMPONENT + 'in_use_since = "soon"', "in_use_since: “soon” is not a date"),
        (COMPONENT + 'in_use_since = "2023-02-30"', "names no real date"),
        (COMPONENT + COMPONENT, "component name “vLLM” stands twice: names must be unique"),
        ("[[component]]", "component 1: name: this is required; 2 more problems"),
        (
            COMPONENT + '[[coupling]]\nwhen = "vLLM"\nthen = "CUDA"',
            "coupling names “CUDA”, which is no component of the stack",
        ),
        (
            COMPONENT + '[[component.overrides]]\nfigure = "x"\nvalue_years = 1\nreason = "a"',
            "component 1 “vLLM” override 1: figure: is “x”",
        ),
        (
            "[scenario]\nhorizon_years = -1",
            "scenario.horizon_years: is -1: at least 0.00274 (one day) is allowed",
        ),
        ('[scenario]\nfutures = "10"', "scenario.futures: is “10”: a whole number is required"),
        ("[scenario.forces]\nresearch_pace = 99", "scenario.forces.research_pace: is 99"),
        ('"a\\nb" = 1', "here.toml: a b: unknown key"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(content: str, expected: str) -> None:
    with pytest.raises(StackFileError) as caught:
        stack_from_toml(content, "here.toml")
    message = str(caught.value)
    assert expected in message
    assert message.startswith("here.toml: ")
    assert "\n" not in message
    assert len(message) < 300


def test_a_missing_file_a_folder_and_a_pipe_are_named(tmp_path: Path) -> None:
    with pytest.raises(StackFileError, match="there is no such file"):
        read_stack(tmp_path / "none.toml")
    with pytest.raises(StackFileError, match="is a folder"):
        read_stack(tmp_path)
    with pytest.raises(StackFileError, match=r"cannot be read|no such file"):
        read_stack(Path("a\0b.toml"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(StackFileError, match="no regular file"):
            read_stack(tmp_path / "pipe")


def test_binary_and_huge_files_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x7fELF\xff\xfe\x00")
    with pytest.raises(StackFileError, match="byte 5 is not UTF-8"):
        read_stack(binary)
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(StackFileError, match="larger than 2 MB"):
        read_stack(huge)


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + COMPONENT.encode())
    assert read_stack(path).components[0].name == "vLLM"


def test_writing_replaces_whole_files_and_follows_links(tmp_path: Path) -> None:
    target = tmp_path / "target.toml"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(target)
    write_stack(Stack(name="new"), link)
    assert link.is_symlink()
    assert read_stack(target).name == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.toml", "target.toml"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stack.toml"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(StackFileError, match="cannot be written: no space left on device"):
        write_stack(Stack(), path)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["stack.toml"]


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackFileError, match="cannot be written: no such file or directory"):
        write_stack(Stack(), tmp_path / "none" / "stack.toml")


def test_a_file_one_may_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.toml"
    path.write_text(COMPONENT)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StackFileError, match=r"locked\.toml: cannot be read: permission denied"):
        read_stack(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(pipe.read_text)
        write_stack(Stack(name="Through a pipe"), pipe)
        assert "Through a pipe" in reading.result(timeout=30)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(StackFileError, match="cannot be written: is a directory"):
        write_stack(Stack(), tmp_path)
    assert tmp_path.is_dir()
