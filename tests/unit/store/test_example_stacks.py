"""The example stacks: real technologies, real release cycles, believable figures."""

from datetime import date
from pathlib import Path

import pytest

from stack_half_life.paths import EXAMPLES, cache_file
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.stack_files import read_stack
from stack_half_life.store.stack_toml import stack_to_toml

FILES = sorted(EXAMPLES.glob("*.toml"))


def test_there_are_three() -> None:
    assert [path.stem for path in FILES] == [
        "classic-web",
        "llm-serving-nvidia",
        "retrieval-hosted-models",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_stands_on_known_technologies_and_cycles(path: Path) -> None:
    stack = read_stack(path)
    assert 10 <= len(stack.components) <= 16
    with ProfileCache.open(cache_file()) as cache:
        profiles = cache.profiles_for(stack)
    for component in stack.components:
        profile = profiles[component.name]
        assert profile.is_matched, component.name
        assert profile.key == component.profile
        assert profile.layer == component.layer
        if component.cycle is not None:
            cycle = profile.cycle_in_use(component, date(2026, 11, 23))
            assert cycle is not None, (component.name, component.cycle)
            assert cycle.released_on is not None
            assert cycle.released_on.midpoint < date(2026, 11, 23)
        assert component.in_use_since is not None
        assert 1 <= component.effort_days.mean <= 200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_stands_as_the_program_writes_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == stack_to_toml(read_stack(path))
