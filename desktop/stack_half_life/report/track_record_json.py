"""The track record of past forecasts as JSON values: stable keys, units in their names."""

from typing import Any

from stack_half_life.domain.track_record import (
    BRIER_MONTHS,
    CLIMATOLOGY_WORDS,
    INTERVALS_PERCENT,
    Score,
    TenureScore,
    TrackRecord,
)


def track_record_json(track: TrackRecord) -> dict[str, Any]:
    """`targets` → target → model → scores; null where a score does not apply."""
    targets: dict[str, Any] = {
        target.target: {model: _score(score) for model, score in target.scores.items()}
        for target in track.targets
    }
    about: dict[str, Any] = {
        target.target: {
            "what": target.what,
            "first_origin": target.first_origin.isoformat(),
            "last_origin": target.last_origin.isoformat(),
            "reliability": [point.model_dump(mode="json") for point in target.reliability],
            "by_layer": {
                layer.value: {model: _score(score) for model, score in inside.scores.items()}
                for layer, inside in target.by_layer.items()
            },
        }
        for target in track.targets
    }
    if track.tenure is not None:
        targets["tenure"] = {
            model: _tenure_score(score) for model, score in track.tenure.scores.items()
        }
        about["tenure"] = {
            "what": "removed from the manifest within 24 months; removal is not replacement",
            "first_origin": track.tenure.first_origin.isoformat(),
            "last_origin": track.tenure.last_origin.isoformat(),
        }
    return {
        "frozen": track.is_frozen,
        "data_until": track.data_until.isoformat(),
        "data_hash": track.data_hash,
        "climatology": CLIMATOLOGY_WORDS,
        "targets": targets,
        "about": about,
        "notes": list(track.notes),
    }


def _score(score: Score) -> dict[str, Any]:
    interval, crps = score.skill_interval, score.crps_interval_days
    return {
        "crps_days": round(score.crps_days, 3),
        "crps_days_interval_90": [round(crps.low, 3), round(crps.high, 3)],
        "skill_vs_climatology": round(score.skill_vs_climatology, 4),
        "skill_vs_climatology_interval_90": [round(interval.low, 4), round(interval.high, 4)],
        **{f"skill_vs_{name}": round(value, 4) for name, value in score.skill_vs.items()},
        **{f"brier_{months}m": _rounded(score.brier_by_months[months]) for months in BRIER_MONTHS},
        **{
            f"coverage_{percent}": round(score.coverage_by_percent[percent], 4)
            for percent in INTERVALS_PERCENT
        },
        "pit_deciles": list(score.pit_deciles),
        "n": score.n,
        "products": score.products,
    }


def _tenure_score(score: TenureScore) -> dict[str, Any]:
    return {
        "crps_days": None,
        "skill_vs_climatology": None,
        **{f"brier_{months}m": None for months in BRIER_MONTHS},
        **{f"coverage_{percent}": None for percent in INTERVALS_PERCENT},
        "brier_24m": round(score.brier_24m, 5),
        "brier_24m_interval_90": [
            round(score.brier_interval.low, 5),
            round(score.brier_interval.high, 5),
        ],
        "log_score": round(score.log_score, 5),
        "n": score.n,
        "repositories": score.repositories,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
