"""`stack-half-life harvest`: what the history of one git repository says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stack_half_life.commands.terminal import json_option, print_json, progress_line

if TYPE_CHECKING:
    from stack_half_life.evidence.git.answer import RepositoryHarvest
    from stack_half_life.evidence.git.survival import Interval


@click.command()
@click.argument("repository", type=click.Path(path_type=Path))
@click.option("--name", help="What to call the repository, else its folder's name.")
@click.option(
    "--follow-alternates",
    is_flag=True,
    help="Read objects that it borrows from another repository, too.",
)
@click.option(
    "--fresh", "is_fresh", is_flag=True, help="Read all of it, though an earlier harvest is kept."
)
@json_option
def harvest(
    repository: Path, name: str | None, follow_alternates: bool, is_fresh: bool, as_json: bool
) -> None:
    """Code survival, releases and dependency tenures of a git repository.

    REPOSITORY is a work tree's top folder or a bare repository. Nothing of it is run, its
    configuration is not read, and nothing is fetched.
    """
    from stack_half_life.services.harvest import harvest as harvest_it

    with progress_line() as on_progress:
        found = harvest_it(
            repository,
            name=name,
            follow_alternates=follow_alternates,
            is_fresh=is_fresh,
            on_progress=on_progress,
        )
    if as_json:
        print_json(found.to_json())
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: "RepositoryHarvest") -> list[str]:
    survival = found.survival
    cycles = found.cycles
    removed = sum(spell.removed_on is not None for spell in found.tenures)
    span = f"{found.first_commit_on} to {found.last_commit_on}"
    lines = [
        f"{found.repository}: {found.commits:,} commits, {span}, {found.lines:,} lines now",
        f"code half-life   {_years(survival.half_life_years)}",
    ]
    lines += [
        f"alive after {year} y  {_percent(share)}"
        for year, share in survival.shares.items()
        if share.value is not None
    ]
    lines.append(f"releases         {len(found.tags.releases):,} in {len(cycles):,} cycles")
    lines += [
        f"{'':17}{cycle.cycle}  {cycle.released_on}{'  breaking' if cycle.is_breaking else ''}"
        for cycle in cycles[-5:]
    ]
    lines.append(
        f"dependencies     {len(found.tenures):,} spells, {removed:,} of them ended "
        "(removed is not replaced)"
    )
    return [*lines, *(f"note: {note}" for note in found.notes)]


def _years(figure: "Interval") -> str:
    if figure.value is None:
        return "not reached"
    digits = 1 if figure.value >= 1.0 else 2
    high = "not reached" if figure.p90 is None else f"{figure.p90:.{digits}f}"
    low = figure.p10 or 0.0
    return f"{figure.value:.{digits}f} years (80 % interval {low:.{digits}f} to {high})"


def _percent(figure: "Interval") -> str:
    spread = ""
    if figure.p10 is not None and figure.p90 is not None:
        spread = f" (80 % interval {figure.p10:.0%} to {figure.p90:.0%})"
    return f"{figure.value or 0.0:.0%}{spread}"
