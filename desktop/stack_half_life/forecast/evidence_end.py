"""How long before the future's first day the evidence on a stack ends."""

from collections.abc import Iterable
from datetime import date

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.history import any_cycle_dates

_OLD_YEARS, _TOO_OLD_YEARS = 1.0, 10.0


def evidence_end(profiles: Iterable[ChurnProfile]) -> date | None:
    """The last day on which any of the technologies was looked at; None where none is known."""
    return max(
        (
            profile.observed_until or profile.technology.evidence.retrieved_on
            for profile in profiles
            if profile.is_matched
        ),
        default=None,
    )


def last_seen_on(profile: ChurnProfile, as_of: date) -> date:
    """The last day, up to a date, until which a technology's releases are known.

    No release after it is no sign of calm: nobody looked. Where no day or no release is known, the
    date itself.
    """
    dates = any_cycle_dates(profile.cycles, as_of)
    if profile.observed_until is None or not dates:
        return as_of
    return min(max(profile.observed_until, dates[-1]), as_of)


def check_evidence_reaches(profiles: Iterable[ChurnProfile], as_of: date) -> None:
    """Do nothing where the evidence ends no more than ten years before a day.

    Raises:
        ForecastError: where it ends sooner.
    """
    end = evidence_end(profiles)
    if end is not None and years_between(end, as_of) > _TOO_OLD_YEARS:
        raise ForecastError(
            f"as of {as_of}: the evidence ends on {end}; "
            f"a future that begins at most {_TOO_OLD_YEARS:g} years later is allowed"
        )


def evidence_age_caveat(profiles: Iterable[ChurnProfile], as_of: date) -> str | None:
    """What to say where the evidence ends long before a day; None where it does not."""
    end = evidence_end(profiles)
    if end is None or years_between(end, as_of) <= _OLD_YEARS:
        return None
    years = years_between(end, as_of)
    return f"The evidence ends {years:.1f} years before the future begins, on {end}"
