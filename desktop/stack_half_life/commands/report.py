"""`stack-half-life report`."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.compare import compared_files
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
from stack_half_life.services.assess import Assessment, assess
from stack_half_life.services.compare import Compared
from stack_half_life.services.exports import check_report_path, export_report
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache


@click.command()
@click.argument("stack", type=STACK_FILE)
@click.argument("other", type=STACK_FILE, required=False)
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
    other: Path | None,
    output: Path,
    horizon_years: float | None,
    futures: int | None,
    seed: int | None,
    as_of: date,
) -> None:
    """Write the risk report on STACK for the people who decide.

    With OTHER, both are compared over the same futures, in the scenario of STACK.
    """
    check_report_path(output)
    options = {"horizon_years": horizon_years, "futures": futures, "seed": seed}
    with open_cache(chosen_cache(), note) as cache:
        if other is None:
            found: Assessment | Compared = _assessed(stack, cache, as_of, options)
        else:
            found = compared_files(stack, other, cache, as_of, options)
        export_report(output, found, cache)
    note(f"wrote {output}")


def _assessed(
    path: Path, cache: ProfileCache, as_of: date, options: dict[str, float | int | None]
) -> Assessment:
    stack = stack_in(path, **options)
    with named(path), progress_line() as on_progress:
        return assess(stack, cache, as_of=as_of, on_progress=on_progress, threads=THREADS)
