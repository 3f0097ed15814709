"""`stack-half-life profiles`: what the cache knows."""

from datetime import date

import click

from stack_half_life.commands.terminal import (
    as_of_option,
    cache_option,
    chosen_cache,
    json_option,
    note,
    print_json,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.services.clocks import clocks_at
from stack_half_life.services.opening import open_cache


@click.group()
def profiles() -> None:
    """Look at the churn profiles in the cache."""


@profiles.command("list")
@click.option(
    "--layer", type=click.Choice([layer.value for layer in Layer]), help="Only that layer."
)
@click.option("--search", "text", default="", metavar="TEXT", help="Only what matches.")
@json_option
@cache_option
def list_profiles(layer: str | None, text: str, as_json: bool) -> None:
    """List technologies, the best known first, with how much is known of each."""
    with open_cache(chosen_cache(), note) as cache:
        hits = cache.search(text, layer=Layer(layer) if layer else None, limit=2**31)
    if as_json:
        from stack_half_life.report.json_values import hits_json

        print_json(hits_json(hits))
        return
    from stack_half_life.report.text.profiles import hits_text

    click.echo(hits_text(hits))


@profiles.command("show")
@click.argument("name")
@as_of_option
@json_option
@cache_option
def show_profile(name: str, as_of: date, as_json: bool) -> None:
    """Show all evidence on NAME (a key, a name, an alias or a package URL), and its clocks."""
    with open_cache(chosen_cache(), note) as cache:
        profile = cache.profile(name)
        sources = cache.sources()
    clocks = clocks_at(profile, as_of)
    if as_json:
        from stack_half_life.report.json_values import profile_json

        print_json(profile_json(profile, clocks, as_of))
        return
    from stack_half_life.report.text.profiles import profile_text

    click.echo(profile_text(profile, clocks, sources, as_of))
