"""`stack-half-life report`."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.compare import compared_files
from stack_half_life.commands.scenario import (
    STACK_FILE,
    ScenarioOptions,
    assessed,
    scenario_options,
    stack_in,
)
from stack_half_life.commands.terminal import (
    as_of_option,
    cache_option,
    chosen_cache,
    note,
)
from stack_half_life.services.assess import Assessment
from stack_half_life.services.compare import Compared
from stack_half_life.services.exports import check_report_path, export_report
from stack_half_life.services.opening import open_cache


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
    options: ScenarioOptions,
    as_of: date,
) -> None:
    """Write the risk report on STACK for the people who decide.

    With OTHER, both are compared over the same futures, in the scenario of STACK.
    """
    check_report_path(output)
    wanted = stack_in(stack, options)
    against = None if other is None else (other, stack_in(other, options))
    with open_cache(chosen_cache(), note) as cache:
        if against is None:
            found: Assessment | Compared = assessed(wanted, stack, cache, as_of)
        else:
            found = compared_files((stack, wanted), against, cache, as_of)
        export_report(output, found, cache)
    note(f"wrote {output}")
