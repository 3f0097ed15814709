"""`stack-half-life compare`."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.scenario import (
    STACK_FILE,
    ScenarioOptions,
    named,
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
    progress_line,
)
from stack_half_life.domain.stack import Stack
from stack_half_life.services.assess import check
from stack_half_life.services.compare import Compared
from stack_half_life.services.compare import compare as compare_stacks
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache


@click.command()
@click.argument("a", type=STACK_FILE)
@click.argument("b", type=STACK_FILE)
@scenario_options
@as_of_option
@json_option
@cache_option
def compare(
    a: Path,
    b: Path,
    options: ScenarioOptions,
    as_of: date,
    as_json: bool,
) -> None:
    """Compare stacks A and B over the same futures.

    Both are judged in A's scenario.
    """
    first, second = stack_in(a, options), stack_in(b, options)
    with open_cache(chosen_cache(), note) as cache:
        found = compared_files((a, first), (b, second), cache, as_of)
    if as_json:
        from stack_half_life.report.json_values import comparison_json

        print_json(comparison_json(found.a.stack, found.b.stack, found.comparison))
        return
    from stack_half_life.report.text.comparison import comparison_text

    click.echo(comparison_text(found.a.stack, found.b.stack, found.comparison))


def compared_files(
    a: tuple[Path, Stack], b: tuple[Path, Stack], cache: ProfileCache, as_of: date
) -> Compared:
    """The stacks that were read from two files, compared; what keeps one from it names its file."""
    for path, stack in (a, b):
        with named(path):
            check(stack, cache, as_of)
    with progress_line() as on_progress:
        found = compare_stacks(a[1], b[1], cache, as_of=as_of, on_progress=on_progress)
    if found.scenario_differs:
        note(f"{b[0]} has a scenario of its own: it is judged in that of {a[0]}")
    return found
