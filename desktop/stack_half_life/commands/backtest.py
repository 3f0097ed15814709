"""`stack-half-life backtest`: how forecasts made in the past would have done."""

from datetime import date
from pathlib import Path

import click

from stack_half_life.commands.terminal import IsoDate, json_option, note, print_json, progress_line


@click.command()
@click.argument("cycles", type=click.Path(path_type=Path), required=False)
@click.option(
    "--vintages",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What was known of the same products when; the support target needs it.",
)
@click.option(
    "--tenures",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judge the tenure clock on this table of dependencies in manifests, instead of CYCLES.",
)
@click.option(
    "--frozen",
    is_flag=True,
    help="Learn nothing from the file: all comes from the shipped products and repositories.",
)
@click.option(
    "--until",
    type=IsoDate(),
    metavar="YYYY-MM-DD",
    show_default="the newest release in CYCLES",
    help="End of the data in CYCLES: what happened later is unknown.",
)
@click.option(
    "--relearn",
    is_flag=True,
    help="Learn the hyper-parameters anew for each fifth of the shipped products (minutes).",
)
@click.option(
    "--refit",
    is_flag=True,
    help="Fit the hyper-parameters again from the shipped facts (minutes) and write them to -o.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where --refit writes, as TOML; the program reads data/hyperparameters.toml.",
)
@click.option(
    "--self-check",
    is_flag=True,
    help="Hold the simulated clocks of shipped products against the renewal equation instead.",
)
@json_option
def backtest(
    cycles: Path | None,
    vintages: Path | None,
    tenures: Path | None,
    frozen: bool,
    until: date | None,
    relearn: bool,
    refit: bool,
    output: Path | None,
    self_check: bool,
    as_json: bool,
) -> None:
    """Score past forecasts, made from what was known then, against what happened.

    CYCLES is a CSV table with the columns product, cycle, release_date, eol_date, eol_flag and
    lts; without it the shipped products are forecast, each fifth from the other four. The table
    for --tenures has the columns repo, ecosystem, package, added, removed and observed_until; of
    the others, repo_kind (ai, classic or infra) and left_truncated (0 or 1) are used.
    """
    from stack_half_life.report.text.track_record import track_record_text
    from stack_half_life.report.track_record_json import track_record_json
    from stack_half_life.services.backtest import backtest_file, backtest_shipped, backtest_tenures

    others = (cycles, vintages, tenures, until, output, frozen or None, relearn or None)
    if self_check and (refit or any(option is not None for option in others)):
        raise click.UsageError("--self-check goes with --json alone")
    if self_check:
        _self_check(as_json)
        return
    if refit != (output is not None):
        raise click.UsageError("--refit and -o FILE need each other")
    if relearn and cycles is not None:
        raise click.UsageError("--relearn is for the shipped products, without CYCLES")
    if refit and (cycles is not None or relearn or as_json):
        raise click.UsageError("--refit learns from the shipped facts alone and prints no scores")
    if tenures is not None and (cycles is not None or vintages is not None or until is not None):
        raise click.UsageError("--tenures is judged alone, without CYCLES")
    if tenures is not None and (relearn or refit):
        raise click.UsageError("--tenures goes with neither --relearn nor --refit")
    if cycles is None and (vintages is not None or until is not None):
        raise click.UsageError("--vintages and --until need a CYCLES file")
    if cycles is None and tenures is None and frozen:
        raise click.UsageError("--frozen needs a CYCLES file or --tenures")
    if output is not None:
        _refit(output)
        return
    with progress_line() as on_progress:
        if tenures is not None:
            track = backtest_tenures(tenures, is_frozen=frozen)
        elif cycles is None:
            track = backtest_shipped(is_relearnt=relearn, on_progress=on_progress)
        else:
            track = backtest_file(
                cycles, vintages, is_frozen=frozen, until=until, on_progress=on_progress
            )
    if as_json:
        print_json(track_record_json(track))
    else:
        click.echo(track_record_text(track))


def _refit(output: Path) -> None:
    from stack_half_life.services.refit import refit_shipped, write_hyperparameters

    with progress_line() as on_progress:
        hyper = refit_shipped(on_progress)
    write_hyperparameters(hyper, output)
    note(f"{output}: written")


def _self_check(as_json: bool) -> None:
    from stack_half_life.report.self_check import self_check_json, self_check_text
    from stack_half_life.services.self_check import self_check

    with progress_line() as on_progress:
        found = self_check(on_progress)
    if as_json:
        print_json(self_check_json(found))
    else:
        click.echo(self_check_text(found))
    if not found.agrees:
        click.get_current_context().exit(1)
