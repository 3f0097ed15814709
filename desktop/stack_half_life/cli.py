"""The command line: `stack-half-life`."""

import click

from stack_half_life import __version__


@click.group()
@click.version_option(__version__, prog_name="stack-half-life")
def main() -> None:
    """Forecast when each part of a technology stack forces work, and what that costs."""
