"""`stack-half-life profiles`: what the cache knows."""

from datetime import date
from shlex import quote

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


class Profiles(click.Group):
    """Says how to look for a technology where its name stands in a command's place."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word.

        Raises:
            UsageError: where it is none, with both ways to look for it.
        """
        word = args[0]
        if word in self.commands or word.startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.UsageError(
            f"“{word}” is no command; to look for a technology: "
            f"profiles list --search {quote(word)}, or profiles show {quote(word)}",
            ctx,
        )


@click.group(cls=Profiles)
def profiles() -> None:
    """Look at the churn profiles in the cache."""


@profiles.command("list", context_settings={"allow_extra_args": True})
@click.option(
    "--layer", type=click.Choice([layer.value for layer in Layer]), help="Only that layer."
)
@click.option("--search", "text", default="", metavar="TEXT", help="Only what matches.")
@json_option
@cache_option
@click.pass_context
def list_profiles(ctx: click.Context, layer: str | None, text: str, as_json: bool) -> None:
    """List technologies, the best known first, with how much is known of each."""
    if ctx.args:
        words = " ".join([text, *ctx.args]).strip()
        raise click.UsageError(
            f"what to look for goes after --search: --search {quote(words)}", ctx
        )
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
