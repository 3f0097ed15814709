"""`stack-half-life forecast`."""

from datetime import date
from pathlib import Path

import click

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
    json_option,
    note,
    print_json,
)
from stack_half_life.services.opening import open_cache


@click.command()
@click.argument("stack", type=STACK_FILE)
@scenario_options
@as_of_option
@json_option
@cache_option
def forecast(
    stack: Path,
    options: ScenarioOptions,
    as_of: date,
    as_json: bool,
) -> None:
    """Forecast when the parts of STACK force work, at what cost."""
    wanted = stack_in(stack, options)
    with open_cache(chosen_cache(), note) as cache:
        found = assessed(wanted, stack, cache, as_of)
    if as_json:
        from stack_half_life.report.json_values import forecast_json

        print_json(forecast_json(found.stack, found.forecast))
        return
    from stack_half_life.report.text.forecast import forecast_text

    click.echo(forecast_text(found.stack, found.forecast))
    if found.evidence_read is not None:
        oldest, newest = found.evidence_read
        click.echo(f"\nEvidence on these components read from {oldest} to {newest}.")
