"""`stack-half-life forecast`."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.scenario import STACK_FILE, THREADS, named, scenario_options, stack_in
from stack_half_life.commands.terminal import (
    as_of_option,
    cache_option,
    chosen_cache,
    json_option,
    note,
    print_json,
    progress_line,
)
from stack_half_life.services.assess import assess
from stack_half_life.services.opening import open_cache


@click.command()
@click.argument("stack", type=STACK_FILE)
@scenario_options
@as_of_option
@json_option
@cache_option
def forecast(
    stack: Path,
    horizon_years: float | None,
    futures: int | None,
    seed: int | None,
    as_of: date,
    as_json: bool,
) -> None:
    """Forecast when the parts of STACK force work, at what cost."""
    wanted = stack_in(stack, horizon_years=horizon_years, futures=futures, seed=seed)
    with open_cache(chosen_cache(), note) as cache, named(stack), progress_line() as on_progress:
        assessment = assess(wanted, cache, as_of=as_of, on_progress=on_progress, threads=THREADS)
    if as_json:
        from stack_half_life.report.json_values import forecast_json

        print_json(forecast_json(wanted, assessment.forecast))
        return
    from stack_half_life.report.text.forecast import forecast_text

    click.echo(forecast_text(wanted, assessment.forecast))
    if assessment.evidence_read is not None:
        oldest, newest = assessment.evidence_read
        click.echo(f"\nEvidence on these components read from {oldest} to {newest}.")
