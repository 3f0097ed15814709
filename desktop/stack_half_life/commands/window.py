"""`stack-half-life [STACK.toml]`: the window."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from stack_half_life.commands.scenario import STACK_FILE
from stack_half_life.commands.terminal import cache_option, chosen_cache
from stack_half_life.errors import StackFileError, StackHalfLifeError

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@click.command()
@click.argument("stack", type=STACK_FILE, required=False)
@cache_option
def window(stack: Path | None) -> None:
    """Open the window, with a stack file or the first screen."""
    if stack is not None and not stack.is_file():
        raise StackFileError(f"{stack}: there is no such file")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _DISPLAYS)):
        raise StackHalfLifeError(
            "there is no display for the window; on the command line, try "
            "“stack-half-life forecast STACK.toml” or “stack-half-life --help”"
        )
    application = import_module("stack_half_life.gui.app")
    sys.exit(application.open_window(stack, chosen_cache()))
