"""The command line: `stack-half-life`."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from stack_half_life import __version__
from stack_half_life.commands.terminal import cache_option
from stack_half_life.errors import CancelledError, StackHalfLifeError
from stack_half_life.report.text.table import printable

COMMANDS: dict[str, str] = {
    "forecast": "forecast:forecast",
    "compare": "compare:compare",
    "report": "report:report",
    "import": "import_stack:import_stack",
    "profiles": "profiles:profiles",
    "evidence": "evidence:evidence",
    "backtest": "backtest:backtest",
    "harvest": "harvest:harvest",
}
"""Word on the command line → module of `commands`, attribute."""

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


class Program(click.Group):
    """Commands imported when asked for; a first word that is a file opens the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words of all commands, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that word, imported now."""
        del ctx
        place = COMMANDS.get(cmd_name)
        return None if place is None else _command(place)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word, or the window for a stack file."""
        word = args[0]
        if word in COMMANDS or word.startswith("-"):
            return super().resolve_command(ctx, args)
        if word.endswith(".toml") or os.path.exists(word):  # noqa: PTH110
            return "window", _command("window:window"), args
        from difflib import get_close_matches

        near = get_close_matches(word, COMMANDS, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise click.UsageError(f"“{word}” is neither a command nor a stack file{hint}", ctx)


def _command(place: str) -> click.Command:
    module, attribute = place.split(":")
    command = getattr(import_module(f"stack_half_life.commands.{module}"), attribute)
    assert isinstance(command, click.Command)
    return command


@click.group(
    cls=Program,
    invoke_without_command=True,
    subcommand_metavar="[STACK.toml | COMMAND [ARGS]...]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="stack-half-life")
@cache_option
@click.pass_context
def program(ctx: click.Context) -> None:
    """Forecast when each part of a technology stack forces work, and what that costs.

    With a stack file, or nothing at all, the window opens.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(_command("window:window"), stack=None)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 an expected failure, 2 wrong usage, 130 stopped.

    In a frozen build this is where processes of its own begin, too.
    """
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = program.main(
            None if arguments is None else list(arguments),
            prog_name="stack-half-life",
            standalone_mode=False,
        )
        if arguments is None and not code and "PySide6" not in sys.modules:
            _leave()
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt, CancelledError):
        _fail("stopped", EXIT_INTERRUPTED)
    except StackHalfLifeError as problem:
        _fail(str(problem), EXIT_FAILED)
    except OSError as problem:
        if problem.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"the answer could not be written: {problem.strerror}", EXIT_FAILED)
    sys.exit(code if isinstance(code, int) else 0)


def _leave() -> NoReturn:
    """End the program, done, without taking apart what is in memory: that is a harvest's 3 %."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"error: {printable(message)}", err=True)
    sys.exit(code)
