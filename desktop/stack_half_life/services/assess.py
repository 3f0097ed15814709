"""Assess a stack: find its profiles, forecast it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import Stack

if TYPE_CHECKING:
    from stack_half_life.forecast.run import StreamCache
    from stack_half_life.store.cache import ProfileCache


@dataclass(frozen=True, slots=True)
class Assessment:
    """A stack, what is known of its parts (by component name), and what is forecast."""

    stack: Stack
    profiles: Mapping[str, ChurnProfile]
    forecast: Forecast

    @property
    def evidence_read(self) -> tuple[date, date] | None:
        """When the oldest and the newest evidence on the components was read; None without any."""
        days = [
            profile.technology.evidence.retrieved_on
            for profile in self.profiles.values()
            if profile.is_matched
        ]
        return (min(days), max(days)) if days else None


def assess(
    stack: Stack,
    cache: ProfileCache,
    *,
    as_of: date,
    on_progress: OnProgress = ignore_progress,
    streams: StreamCache | None = None,
) -> Assessment:
    """Forecast a stack from what the cache knows.

    streams: keeps the courses of components between forecasts, so that an edit is fast.

    Raises:
        ForecastError: where the stack is empty or names a release cycle nobody knows.
        CacheError: where the cache cannot be read.
        CancelledError: where on_progress raises it.
    """
    from stack_half_life.forecast.run import forecast_stack
    from stack_half_life.store.shipped import shipped_hyperparameters

    profiles = cache.profiles_for(stack)
    forecast = forecast_stack(
        stack,
        profiles,
        shipped_hyperparameters(),
        as_of=as_of,
        data_hash=cache.data_hash,
        on_progress=on_progress,
        streams=streams,
    )
    return Assessment(stack, profiles, forecast)


def check(stack: Stack, cache: ProfileCache, as_of: date) -> None:
    """Do nothing where the stack can be forecast.

    Raises:
        ForecastError: where it is empty or names a release cycle nobody knows.
        CacheError: where the cache cannot be read.
    """
    from stack_half_life.forecast.assembly import plan_of
    from stack_half_life.store.shipped import shipped_hyperparameters

    plan_of(stack, cache.profiles_for(stack), shipped_hyperparameters(), as_of)
