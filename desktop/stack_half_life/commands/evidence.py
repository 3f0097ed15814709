"""`stack-half-life evidence …`: where the facts come from, and how they are renewed."""

from pathlib import Path

import click

from stack_half_life.commands.terminal import note, progress_line


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
