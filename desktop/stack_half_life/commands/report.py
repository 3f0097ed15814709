"""`stack-half-life report`."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.scenario import (
    STACK_FILE,
    THREADS,
    named,
    scenario_options,
    stack_in,
)
from stack_half_life.commands.terminal import (
    as_of_option,
    cache_option,
    chosen_cache,
    note,
    progress_line,
)
from stack_half_life.services.assess import assess
from stack_half_life.services.exports import check_report_path, export_report
from stack_half_life.services.opening import open_cache


@click.command()
@click.argument("stack", type=STACK_FILE)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write it; the ending says what: .html, .csv or .json.",
)
@scenario_options
@as_of_option
@cache_option
def report(
    stack: Path,
    output: Path,
    horizon_years: float | None,
    futures: int | None,
    seed: int | None,
    as_of: date,
) -> None:
    """Write the risk report on STACK for the people who decide."""
    check_report_path(output)
    wanted = stack_in(stack, horizon_years=horizon_years, futures=futures, seed=seed)
    with open_cache(chosen_cache(), note) as cache:
        with named(stack), progress_line() as on_progress:
            found = assess(wanted, cache, as_of=as_of, on_progress=on_progress, threads=THREADS)
        export_report(output, found, cache)
    note(f"wrote {output}")
