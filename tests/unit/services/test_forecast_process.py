import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from made_values import AS_OF, made_stack
from stack_half_life.domain.edits import changed, with_scenario_changed
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import CancelledError, ForecastError
from stack_half_life.paths import cache_file
from stack_half_life.services.assess import Assessment, assess
from stack_half_life.services.compare import Compared, compare
from stack_half_life.services.forecast_process import ForecastProcess, Request
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


def asked(process: ForecastProcess, *stacks: Stack, key: str = "any") -> Request:
    what = "assess" if len(stacks) == 1 else "compare"
    return process.ask(what, stacks, key=key, as_of=AS_OF, first_futures=100)


def assessed(
    process: ForecastProcess,
    cache: ProfileCache,
    stack: Stack,
    on_progress: OnProgress = ignore_progress,
) -> Assessment:
    """The answer to a request, whose first answer is of fewer futures."""
    first: list[Assessment] = []
    request = asked(process, stack)
    found = process.assessment(request, cache, on_progress=on_progress, on_first=first.append)
    assert [each.stack.scenario.futures for each in first] == [100]
    return found


def test_it_answers_as_the_recipes_do(process: ForecastProcess, cache: ProfileCache) -> None:
    for _ in range(2):
        assert assessed(process, cache, A) == assess(A, cache, as_of=AS_OF)
    first: list[Compared] = []
    compared = process.comparison(
        asked(process, A, B), cache, on_progress=ignore_progress, on_first=first.append
    )
    assert compared == compare(A, B, cache, as_of=AS_OF)
    few = with_scenario_changed(A, futures=100)
    assert first == [compare(few, B, cache, as_of=AS_OF)]


def whole(
    process: ForecastProcess, cache: ProfileCache, stack: Stack, on_progress: OnProgress
) -> Assessment:
    """The answer to a request that has no first one."""
    request = asked(process, stack)
    return process.assessment(request, cache, on_progress=on_progress, on_first=lambda _first: None)


def test_the_newest_of_many_requests_is_answered(
    process: ForecastProcess, cache: ProfileCache
) -> None:
    assessed(process, cache, A)
    seeds = [asked(process, with_scenario_changed(A, seed=seed)) for seed in range(200)]
    found = process.assessment(
        seeds[-1], cache, on_progress=ignore_progress, on_first=lambda _first: None
    )
    assert found.forecast.seed == 199


def test_requests_of_others_wait_for_their_turn(
    process: ForecastProcess, cache: ProfileCache
) -> None:
    assessed(process, cache, A)
    mine = asked(process, A, key="mine")
    others = asked(process, B, key="others")
    for request in (mine, others):
        found = process.assessment(
            request, cache, on_progress=ignore_progress, on_first=lambda _first: None
        )
        assert (found.stack,) == request.stacks


def test_a_failure_is_the_same_one_line(process: ForecastProcess, cache: ProfileCache) -> None:
    component = changed(A.components[0], cycle="never released")
    odd = changed(A, components=(component,))
    with pytest.raises(ForecastError, match="no release cycle “never released”"):
        assessed(process, cache, odd)


def test_work_that_is_no_longer_wanted_stops(process: ForecastProcess, cache: ProfileCache) -> None:
    assessed(process, cache, A)
    large = with_scenario_changed(A, futures=1_000_000, horizon_years=50)
    asked = []

    def stop(share: float, text: str) -> None:
        asked.append((share, text))
        if len(asked) > 3:
            raise CancelledError("no longer wanted")

    with pytest.raises(CancelledError):
        assessed(process, cache, large, stop)
    found = assessed(process, cache, B)
    assert found.stack == B


def test_large_requests_after_large_answers_nobody_wants_do_not_block(
    process: ForecastProcess, cache: ProfileCache
) -> None:
    """Both the request and the answer are larger than what the pipe between holds."""
    part = changed(A.components[0], note="x" * 2000)
    parts = tuple(changed(part, name=f"part {number}") for number in range(300))
    large = changed(with_scenario_changed(A, futures=1), components=parts, couplings=())
    begun = time.monotonic()
    whole(process, cache, large, ignore_progress)
    long_enough = 2.0 * (time.monotonic() - begun)

    def leave_when_answered(_share: float, _text: str) -> None:
        time.sleep(long_enough)
        raise CancelledError("no longer wanted")

    assert process._process is not None
    rescue = threading.Timer(60, process._process.kill)
    rescue.start()
    with pytest.raises(CancelledError):
        whole(process, cache, large, leave_when_answered)
    found = whole(process, cache, large, ignore_progress)
    rescue.cancel()
    assert found.stack == large


def test_a_process_that_ends_is_replaced(process: ForecastProcess, cache: ProfileCache) -> None:
    stack: Stack = A

    def kill(_share: float, _text: str) -> None:
        assert process._process is not None
        process._process.kill()

    with pytest.raises(ForecastError, match="ended unexpectedly"):
        assessed(process, cache, with_scenario_changed(stack, seed=2), kill)
    found = assessed(process, cache, stack)
    assert found.forecast.futures == 400
