"""Compare two stacks over the same futures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from stack_half_life.domain.edits import changed
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.results import Comparison
from stack_half_life.domain.stack import Stack
from stack_half_life.forecast.run import StreamCache, compare_stacks
from stack_half_life.services.assess import Assessment
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.shipped import shipped_hyperparameters


@dataclass(frozen=True, slots=True)
class Compared:
    """Two assessed stacks and the difference B − A.

    scenario_differs: B's own scenario was another than A's, under which both were judged.
    """

    a: Assessment
    b: Assessment
    comparison: Comparison
    scenario_differs: bool


def compare(
    a: Stack,
    b: Stack,
    cache: ProfileCache,
    *,
    as_of: date,
    on_progress: OnProgress = ignore_progress,
    streams: StreamCache | None = None,
) -> Compared:
    """Forecast both under A's scenario, over the same futures.

    Raises:
        ForecastError: where a stack is empty or names a release cycle nobody knows.
        CacheError: where the cache cannot be read.
        CancelledError: where on_progress raises it.
    """
    judged = changed(b, scenario=a.scenario)
    profiles_a, profiles_b = cache.profiles_for(a), cache.profiles_for(judged)
    comparison = compare_stacks(
        a,
        judged,
        profiles_a,
        profiles_b,
        shipped_hyperparameters(),
        as_of=as_of,
        data_hash=cache.data_hash,
        on_progress=on_progress,
        streams=streams,
    )
    return Compared(
        Assessment(a, profiles_a, comparison.a),
        Assessment(judged, profiles_b, comparison.b),
        comparison,
        scenario_differs=b.scenario != a.scenario,
    )


def with_profiles(
    found: Compared, a: Mapping[str, ChurnProfile], b: Mapping[str, ChurnProfile]
) -> Compared:
    """The comparison with other profiles beside its stacks."""
    return replace(found, a=replace(found.a, profiles=a), b=replace(found.b, profiles=b))
