"""`stack-half-life import`: from manifests and bills of materials to a stack file."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from stack_half_life.commands.terminal import (
    cache_option,
    chosen_cache,
    json_option,
    note,
    print_json,
    progress_line,
)
from stack_half_life.errors import StackFileError
from stack_half_life.report.figures import counted
from stack_half_life.report.text.table import printable, shortened, table

if TYPE_CHECKING:
    from stack_half_life.services.import_stack import ProposedComponent, StackProposal


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="STACK.toml",
    help="Stack file to write.",
)
@click.option("--name", default="", help="Name of the stack (else that of the files' folder).")
@click.option("--all", "take_all", is_flag=True, help="Indirect and development dependencies too.")
@click.option(
    "--matched-only", is_flag=True, help="Leave out what no technology of the cache is known to be."
)
@click.option("--force", is_flag=True, help="Replace the stack file where there is one.")
@json_option
@cache_option
def import_stack(
    files: tuple[Path, ...],
    output: Path,
    name: str,
    take_all: bool,
    matched_only: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Propose a stack from what FILEs say it is made of.

    Reads requirements.txt, pyproject.toml, setup.cfg, package.json, go.mod, Cargo.toml, Gemfile,
    Dockerfile, compose files, CycloneDX (JSON, XML) and SPDX (JSON, tag-value). Of Maven, Gradle,
    .NET and Composer builds, give the CycloneDX file that their plug-in makes.
    """
    from stack_half_life.services.import_stack import propose_stack
    from stack_half_life.services.opening import open_cache, write_stack

    if any(output.resolve() == file.resolve() for file in files):
        raise StackFileError(f"{output}: is one of the files to read; give -o another name")
    if output.exists() and not force:
        raise StackFileError(f"{output}: is there already; --force replaces it")
    with open_cache(chosen_cache(), note) as cache, progress_line() as on_progress:
        proposal = propose_stack(
            files,
            cache,
            name=name,
            take_all=take_all,
            matched_only=matched_only,
            on_progress=on_progress,
        )
    write_stack(proposal.stack, output)
    for line in proposal.notes:
        note(line)
    today = date.today()  # noqa: DTZ011
    if as_json:
        print_json(_json(proposal, output, today))
    else:
        click.echo(_text(proposal, output, today))


def _json(proposal: "StackProposal", output: Path, today: date) -> dict[str, Any]:
    return {
        "stack_file": str(output),
        "name": proposal.stack.name,
        "components": [
            {
                "name": one.component.name,
                "profile": one.component.profile,
                "matched": one.is_matched,
                "layer": one.component.layer.value,
                "cycle": one.component.cycle,
                "assumed_cycle": (
                    None if one.component.cycle else one.assumed_cycle(today) or None
                ),
                "version": one.version or None,
                "version_unknown": one.is_version_unknown,
                "items": list(one.items),
            }
            for one in proposal.components
        ],
        "unmatched": len(proposal.unmatched),
        "indirect_left_out": proposal.indirect,
        "development_left_out": proposal.helpful,
        "notes": list(proposal.notes),
    }


def _text(proposal: "StackProposal", output: Path, today: date) -> str:
    matched = [one for one in proposal.components if one.is_matched]
    components = counted(len(proposal.components), "component")
    parts = [f"{output}: {components}, {len(matched)} of them matched"]
    if matched:
        rows = [[*_row(one, today), one.component.profile] for one in matched]
        parts.append(table(["Component", "Layer", "Cycle", "Technology"], rows, align="llll"))
    if proposal.unmatched:
        rows = [_row(one, today) for one in proposal.unmatched]
        parts.append(
            "NOT MATCHED: forecast from the layer's reference class; choose the layer\n"
            "(`layer = …` in the stack file), or remove what does not count:\n\n"
            + table(["Component", "Layer (guessed)", "Version"], rows, align="lll")
        )
    unknown = [one for one in matched if one.is_version_unknown]
    if unknown:
        parts.append("VERSION IN NO KNOWN RELEASE CYCLE: kept in the component's note")
        parts += _unknown(unknown, today)
    counts = {"indirect": proposal.indirect, "development": proposal.helpful}
    left = [f"{count:,} {word}" for word, count in counts.items() if count]
    last = ["Efforts are the default for every component: set your own in the stack file."]
    if left:
        what = "dependency" if sum(counts.values()) == 1 else "dependencies"
        last.insert(0, f"Left out: {' and '.join(left)} {what} (--all takes them).")
    return "\n\n".join([*parts, "\n".join(last)])


def _unknown(components: Sequence["ProposedComponent"], today: date) -> Iterator[str]:
    """What is forecast instead, once where other cycles are known and once where none is."""
    other = [one for one in components if one.assumed_cycle(today)]
    if other:
        yield _listed(
            "No such cycle known; forecast from the one taken where none is named",
            [f"{_named(one)} ({one.assumed_cycle(today)} taken)" for one in other],
        )
    none = [one for one in components if not one.assumed_cycle(today)]
    if none:
        yield _listed(
            "No cycles known; forecast from tenures and the reference class of the layer",
            [_named(one) for one in none],
        )


def _listed(what: str, names: Sequence[str]) -> str:
    words = ", ".join(name.replace(" ", "\xa0") for name in names)
    lines = wrap(words, 96, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{what}:", *(f"  {line}" for line in lines)]).replace("\xa0", " ")


def _named(one: "ProposedComponent") -> str:
    return f"{printable(one.component.name)} {shortened(one.version, 24)}"


def _row(one: "ProposedComponent", today: date) -> list[str]:
    component = one.component
    assumed = one.assumed_cycle(today)
    named = component.cycle or one.version
    cycle = shortened(named, 24) if named else f"{assumed} assumed" if assumed else "not named"
    return [component.name, component.layer.value, cycle]
