"""The track record of past forecasts as plain text."""

from stack_half_life.domain.track_record import (
    CLIMATOLOGY_WORDS,
    Interval,
    Score,
    TargetRecord,
    TenureRecord,
    TrackRecord,
)
from stack_half_life.report.text.table import table

_WORDS = f"""\
CRPS in days, lower is better. Skill is 1 − CRPS / CRPS of climatology, in brackets its 90 %
bootstrap interval over products. Climatology: {CLIMATOLOGY_WORDS}.
Brier: mean squared error of the chance that it happens within so many months.
Coverage: share of central 50, 80 and 90 % intervals that hold the truth."""


def track_record_text(track: TrackRecord) -> str:
    """One table per target, and what the figures mean."""
    learnt = "the shipped facts alone" if track.is_frozen else "the other four fifths"
    head = f"""\
How forecasts made in the past would have done; data until {track.data_until}.
Priors and baselines come from {learnt}, as known at each origin."""
    parts = [head, *(_target(target) for target in track.targets)]
    if track.tenure is not None:
        parts.append(_tenure(track.tenure))
    if track.targets:
        parts.append(_WORDS)
    return "\n\n".join([*parts, *track.notes])


def _target(target: TargetRecord) -> str:
    first = next(iter(target.scores.values()))
    head = (
        f"{target.target}: {target.what}; {first.n:,} forecasts of {first.products} products, "
        f"{target.first_origin} to {target.last_origin}"
    )
    rows = [_row(model, score) for model, score in target.scores.items()]
    columns = (
        "model",
        "CRPS",
        "skill",
        "Brier 6",
        "12",
        "24",
        "36 months",
        "cover 50",
        "80",
        "90 %",
    )
    return f"{head}\n\n{table(columns, rows, align='lrrrrrrrrr')}"


def _row(model: str, score: Score) -> tuple[str, ...]:
    return (
        model.replace("_", " "),
        f"{score.crps_days:.1f}",
        _with_interval(score.skill_vs_climatology, score.skill_interval),
        *("–" if value is None else f"{value:.3f}" for value in score.brier_by_months.values()),
        *(f"{value:.1%}" for value in score.coverage_by_percent.values()),
    )


def _tenure(record: TenureRecord) -> str:
    first = next(iter(record.scores.values()))
    head = (
        f"tenure: removed from the manifest within 24 months; {first.n:,} dependencies of "
        f"{first.repositories} held-out repositories, {record.first_origin} to "
        f"{record.last_origin}.\nRemoval is not replacement."
    )
    rows = [
        (
            model.replace("_", " "),
            _with_interval(score.brier_24m, score.brier_interval),
            f"{score.log_score:.4f}",
        )
        for model, score in record.scores.items()
    ]
    return f"{head}\n\n{table(('model', 'Brier 24 months', 'log score'), rows, align='lrr')}"


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
