"""Whether two components whose layers stand on each other plausibly touch."""

from collections.abc import Mapping
from dataclasses import dataclass

from stack_half_life.domain.facts import Generation
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.purls import bare_purl, is_purl, split_purl
from stack_half_life.domain.stack import Component

_OF_ONE_GENERATION = frozenset(
    {Layer.APPLICATION, Layer.FRONT_END, Layer.APP_FRAMEWORK, Layer.MODEL, Layer.SERVING}
)
"""Layers in which AI products call AI products, and classical ones classical ones."""

_ECOSYSTEMS = {
    "alibaba-dragonwell": "maven",
    "azul-zulu": "maven",
    "bellsoft-liberica": "maven",
    "bun": "npm",
    "deno": "npm",
    "eclipse-temurin": "maven",
    "elixir": "hex",
    "erlang": "hex",
    "gleam": "hex",
    "go": "golang",
    "jruby": "gem",
    "microsoft-build-of-openjdk": "maven",
    "nodejs": "npm",
    "oracle-graalvm": "maven",
    "oracle-jdk": "maven",
    "php": "composer",
    "python": "pypi",
    "ruby": "gem",
    "rust": "cargo",
    "sapmachine": "maven",
}
"""Whose packages a language runtime runs, by type of package URL; of others, those it is one of."""


@dataclass(frozen=True, slots=True)
class Party:
    """What decides whom a component touches.

    generation: None where nobody knows the technology.
    ecosystems: types of package URLs it is published under; of a runtime, those it runs; empty
        where nothing is known.
    """

    layer: Layer
    generation: Generation | None
    ecosystems: frozenset[str]


def party_of(component: Component, profiles: Mapping[str, ChurnProfile]) -> Party:
    """The component as its neighbours see it; profiles by component name, as far as known."""
    profile = profiles.get(component.name)
    known = profile if profile is not None and profile.is_matched else None
    purls = known.technology.purls if known is not None else ()
    if known is None and is_purl(component.profile):
        purls = (bare_purl(component.profile),)
    published = {split_purl(purl)[0] for purl in purls} & set(_ECOSYSTEMS.values())
    if known is not None and known.key in _ECOSYSTEMS:
        published = {_ECOSYSTEMS[known.key]}
    return Party(
        component.layer,
        known.technology.generation if known is not None else None,
        frozenset(published),
    )


def touch(upper: Party, lower: Party) -> bool:
    """Whether two components in layers that stand on each other are coupled by default.

    From application to serving only those of one generation are, AI or classical, and what stands
    on a language runtime only if it is published for it; what is not known may touch anything.
    """
    if {upper.layer, lower.layer} <= _OF_ONE_GENERATION:
        generations = {upper.generation, lower.generation}
        return None in generations or len(generations) == 1
    if lower.layer is Layer.LANGUAGE_RUNTIME and upper.ecosystems and lower.ecosystems:
        return bool(upper.ecosystems & lower.ecosystems)
    return True
