import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from made_values import AS_OF, made_stack
from stack_half_life.domain.edits import changed, with_scenario_changed
from stack_half_life.domain.progress import ignore_progress
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import CancelledError, ForecastError
from stack_half_life.paths import cache_file
from stack_half_life.services.assess import assess
from stack_half_life.services.compare import compare
from stack_half_life.services.forecast_process import ForecastProcess
from stack_half_life.store.cache import ProfileCache

A = with_scenario_changed(made_stack("A"), futures=400)
B = changed(A, name="B", components=A.components[:2])


@pytest.fixture(scope="module")
def cache(own_home: Path) -> Iterator[ProfileCache]:
    del own_home
    with ProfileCache.open(cache_file()) as opened:
        yield opened


@pytest.fixture(scope="module")
def process(cache: ProfileCache) -> Iterator[ForecastProcess]:
    del cache
    made = ForecastProcess(cache_file(), 10_000_000)
    yield made
    made.close()


def test_it_answers_as_the_recipes_do(process: ForecastProcess, cache: ProfileCache) -> None:
    for _ in range(2):
        found = process.assess(A, cache, as_of=AS_OF, on_progress=ignore_progress)
        assert found == assess(A, cache, as_of=AS_OF)
    compared = process.compare(A, B, cache, as_of=AS_OF, on_progress=ignore_progress)
    assert compared == compare(A, B, cache, as_of=AS_OF)


def test_a_failure_is_the_same_one_line(process: ForecastProcess, cache: ProfileCache) -> None:
    component = changed(A.components[0], cycle="never released")
    odd = changed(A, components=(component,))
    with pytest.raises(ForecastError, match="no release cycle “never released”"):
        process.assess(odd, cache, as_of=AS_OF, on_progress=ignore_progress)


def test_work_that_is_no_longer_wanted_stops(process: ForecastProcess, cache: ProfileCache) -> None:
    process.assess(A, cache, as_of=AS_OF, on_progress=ignore_progress)
    large = with_scenario_changed(A, futures=1_000_000, horizon_years=50)
    asked = []

    def stop(share: float, text: str) -> None:
        asked.append((share, text))
        if len(asked) > 3:
            raise CancelledError("no longer wanted")

    with pytest.raises(CancelledError):
        process.assess(large, cache, as_of=AS_OF, on_progress=stop)
    found = process.assess(B, cache, as_of=AS_OF, on_progress=ignore_progress)
    assert found.stack == B


def test_large_requests_after_large_answers_nobody_wants_do_not_block(
    process: ForecastProcess, cache: ProfileCache
) -> None:
    """Both the request and the answer are larger than what the pipe between holds."""
    part = changed(A.components[0], note="x" * 2000)
    parts = tuple(changed(part, name=f"part {number}") for number in range(300))
    large = changed(with_scenario_changed(A, futures=1), components=parts, couplings=())
    begun = time.monotonic()
    process.assess(large, cache, as_of=AS_OF, on_progress=ignore_progress)
    long_enough = 2.0 * (time.monotonic() - begun)

    def leave_when_answered(_share: float, _text: str) -> None:
        time.sleep(long_enough)
        raise CancelledError("no longer wanted")

    assert process._process is not None
    rescue = threading.Timer(60, process._process.kill)
    rescue.start()
    with pytest.raises(CancelledError):
        process.assess(large, cache, as_of=AS_OF, on_progress=leave_when_answered)
    found = process.assess(large, cache, as_of=AS_OF, on_progress=ignore_progress)
    rescue.cancel()
    assert found.stack == large


def test_a_process_that_ends_is_replaced(process: ForecastProcess, cache: ProfileCache) -> None:
    stack: Stack = A

    def kill(_share: float, _text: str) -> None:
        assert process._process is not None
        process._process.kill()

    with pytest.raises(ForecastError, match="ended unexpectedly"):
        process.assess(with_scenario_changed(stack, seed=2), cache, as_of=AS_OF, on_progress=kill)
    found = process.assess(stack, cache, as_of=AS_OF, on_progress=ignore_progress)
    assert found.forecast.futures == 400
