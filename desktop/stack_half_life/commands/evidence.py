"""`stack-half-life evidence …`: where the facts come from, and how they are renewed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stack_half_life.commands.terminal import (
    IsoDate,
    cache_option,
    chosen_cache,
    json_option,
    note,
    print_json,
    progress_line,
)
from stack_half_life.domain.stack import ProductKind

if TYPE_CHECKING:
    from stack_half_life.services.added import AddedEvidence


@click.group()
def evidence() -> None:
    """Add facts to the cache, refresh them, or rebuild the shipped ones."""


@evidence.command("build-data")
@click.argument("facts_folder", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "data_folder",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    metavar="FOLDER",
    help="Folder of fact tables to write; its curation.toml is used, else the shipped one.",
)
def build_data(facts_folder: Path, data_folder: Path) -> None:
    """Rebuild the shipped fact tables from a folder of collected facts.

    FACTS_FOLDER holds the CSV files described in the data folder's README. The same facts give
    the same bytes.
    """
    from stack_half_life.services.build_data import build_data as build

    with progress_line() as on_progress:
        counts = build(facts_folder, data_folder, on_progress)
    for name, rows in counts.items():
        note(f"{data_folder / name}: {rows:,} rows")


@evidence.command("add-endoflife")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--as-of",
    type=IsoDate(),
    default=date.today,
    metavar="YYYY-MM-DD",
    show_default="today",
    help="Day that the facts are of, where they do not say it.",
)
@json_option
@cache_option
def add_endoflife(path: Path, as_of: date, as_json: bool) -> None:
    """Add product files of endoflife.date, or the JSON of its API (version 1).

    PATH is a file, a folder of them or a checkout of endoflife.date. Release cycles from
    endoflife.date, © its contributors, MIT.
    """
    from stack_half_life.services.add_endoflife import add_endoflife as add
    from stack_half_life.services.opening import open_cache

    with open_cache(chosen_cache(), note) as cache, progress_line() as on_progress:
        added = add(path, cache, read_on=as_of, on_progress=on_progress)
    _tell(added, as_json)


@evidence.command("add-releases")
@click.argument("name")
@json_option
@cache_option
def add_releases(name: str, as_json: bool) -> None:
    """Add the releases of NAME, a package URL or a technology of the cache.

    pkg:pypi/… is asked for at the indexes your pip uses, pkg:npm/… through your npm.
    """
    from stack_half_life.services.add_releases import add_releases as add
    from stack_half_life.services.opening import open_cache

    with open_cache(chosen_cache(), note) as cache:
        added = add(name, cache, today=date.today())  # noqa: DTZ011
    _tell(added, as_json)


@evidence.command("add-repository")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ProductKind]),
    default=ProductKind.UNKNOWN.value,
    show_default=True,
    help="Kind of product the repository is.",
)
@click.option(
    "--technology",
    default="",
    metavar="NAME",
    help="Technology of the cache whose own repository it is: adds its releases and its lines.",
)
@click.option("--name", help="What to call the repository, else its path.")
@click.option(
    "--follow-alternates",
    is_flag=True,
    help="Read objects that it borrows from another repository, too.",
)
@json_option
@cache_option
def add_repository(
    path: Path, kind: str, technology: str, name: str | None, follow_alternates: bool, as_json: bool
) -> None:
    """Learn from a git repository how long dependencies stay in its manifests.

    PATH is a work tree's top folder or a bare repository. Nothing of it is run. What changed is
    told: each technology's multiplier of the removal hazard, before and after.
    """
    from stack_half_life.services.add_repository import add_repository as add
    from stack_half_life.services.opening import open_cache

    with open_cache(chosen_cache(), note) as cache, progress_line() as on_progress:
        added = add(
            path,
            cache,
            today=date.today(),  # noqa: DTZ011
            kind=ProductKind(kind),
            technology=technology,
            name=name,
            follow_alternates=follow_alternates,
            on_progress=on_progress,
        )
    for line in added.notes:
        note(line)
    if as_json:
        print_json(added.model_dump(mode="json"))
        return
    click.echo(
        f"{added.repository}: {added.spells:,} dependency spells, {added.removals:,} ended, "
        f"{added.unmatched:,} of packages the cache has not"
    )
    if added.technology:
        click.echo(
            f"{added.technology}: {added.releases:,} releases, {added.cycles:,} new cycles, "
            "and how long its lines live"
        )
    for one in added.learnt:
        click.echo(
            f"{one.technology}: removed {one.multiplier_after:.2f} times as readily as an average "
            f"dependency (before: {one.multiplier_before:.2f}; {one.spells} spells here, "
            f"{one.removals} ended)"
        )


@evidence.command("refresh")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--older-than-days",
    type=click.IntRange(0, 36_500),
    default=30,
    show_default=True,
    help="What counts as stale; technologies named are always renewed.",
)
@click.option(
    "--endoflife",
    "endoflife_address",
    metavar="URL",
    help="Answer of endoflife.date's API to use instead of its own (a mirror, or file://…).",
)
@json_option
@cache_option
def refresh(
    names: tuple[str, ...], older_than_days: int, endoflife_address: str | None, as_json: bool
) -> None:
    """Renew stale facts from endoflife.date and the package indexes.

    What cannot be renewed stays as it is. Without a network nothing changes, and the age of the
    facts is told.
    """
    from stack_half_life.evidence.endoflife.api import FULL_ADDRESS
    from stack_half_life.services.opening import open_cache
    from stack_half_life.services.refresh import age_words
    from stack_half_life.services.refresh import refresh as renew

    with open_cache(chosen_cache(), note) as cache, progress_line() as on_progress:
        note(age_words(cache))
        added = renew(
            cache,
            today=date.today(),  # noqa: DTZ011
            names=names,
            stale_after_days=older_than_days,
            endoflife_address=endoflife_address or FULL_ADDRESS,
            on_progress=on_progress,
        )
    _tell(added, as_json)


def _tell(added: "AddedEvidence", as_json: bool) -> None:
    for line in (*added.notes, *(f"not added: {problem}" for problem in added.problems)):
        note(line)
    if as_json:
        print_json(added.model_dump(mode="json"))
        return
    new = f", {len(added.new):,} new" if added.new else ""
    click.echo(
        f"Technologies renewed: {len(added.technologies):,}{new} "
        f"(release cycles: {added.cycles:,}, releases: {added.releases:,})"
    )
