"""`stack-half-life import`: from manifests and bills of materials to a stack file."""

from pathlib import Path
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
    Dockerfile, compose files, CycloneDX (JSON, XML) and SPDX (JSON, tag-value).
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
    if as_json:
        print_json(_json(proposal, output))
    else:
        click.echo(_text(proposal, output))


def _json(proposal: "StackProposal", output: Path) -> dict[str, Any]:
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


def _text(proposal: "StackProposal", output: Path) -> str:
    matched = [one for one in proposal.components if one.is_matched]
    lines = [f"{output}: {len(proposal.components)} components, {len(matched)} of them matched", ""]
    lines += [_row(one, one.component.profile) for one in matched]
    if proposal.unmatched:
        lines += ["", "NOT MATCHED: forecast from the layer's reference class; choose the layer"]
        lines += ["(`layer = …` in the stack file), or remove what does not count:"]
        lines += [_row(one, "guessed") for one in proposal.unmatched]
    unknown = [one for one in matched if one.is_version_unknown]
    if unknown:
        lines += ["", "VERSION IN NO KNOWN RELEASE CYCLE: kept in the component's note"]
        lines += [_unknown(one) for one in unknown]
    left = [
        f"{count} {word}"
        for count, word in ((proposal.indirect, "indirect"), (proposal.helpful, "development"))
        if count
    ]
    lines.append("")
    if left:
        lines.append(f"Left out: {' and '.join(left)} dependencies (--all takes them).")
    lines.append("Efforts are the default for every component: set your own in the stack file.")
    return "\n".join(lines)


def _unknown(one: "ProposedComponent") -> str:
    said = "no cycles known; forecast from its tenures and the reference class of its layer"
    if one.newest_cycle:
        said = f"no such cycle known; forecast from the newest one, {one.newest_cycle}"
    return f"  {one.component.name} {one.version}: {said}"


def _row(one: "ProposedComponent", word: str) -> str:
    cycle = one.component.cycle or one.version or "newest"
    return (
        f"  {one.component.name[:34]:<34} {one.component.layer.value:<19} {cycle[:14]:<14} {word}"
    ).rstrip()
