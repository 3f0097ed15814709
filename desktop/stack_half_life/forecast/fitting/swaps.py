"""How often repositories change what their container images hold for something else.

A line taken from a Dockerfile or a compose file is seldom a replacement: most often the file was
rewritten, moved or deleted. A change of technology shows as another image of the same layer that
comes about when the first one goes. So these are counted, and set against the years that images
stayed, both without the turmoil of an image's first months.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import TenureSpell
from stack_half_life.domain.hyperparameters import RateHyperparameters
from stack_half_life.domain.layers import Layer

IMAGES = "docker"
"""The ecosystem of spells of container images."""

LAYERS_OF_IMAGES = (
    Layer.OPERATING_SYSTEM,
    Layer.INFRASTRUCTURE,
    Layer.DATA_STORE,
    Layer.OBSERVABILITY,
    Layer.CLOUD_SERVICE,
    Layer.LANGUAGE_RUNTIME,
)
"""Layers whose software is named by images rather than by packages."""

_SETTLED = timedelta(days=183)
_AT_ONCE = timedelta(days=60)


def fit_swaps(
    spells: Sequence[TenureSpell], technologies: Mapping[str, str], layers: Mapping[str, Layer]
) -> dict[Layer, RateHyperparameters]:
    """Replacements per year of each layer's software, by the images of technologies known.

    The rate of a layer is Gamma(1 + swaps, 1 / pooled rate + years at risk): one swap's worth of
    the rate of all these layers together, as a layer that few images name tells little by itself.

    spells: among them at least one of such an image.  technologies: by image.  layers: by
    technology.
    """
    swaps, years = dict.fromkeys(LAYERS_OF_IMAGES, 0), dict.fromkeys(LAYERS_OF_IMAGES, 0.0)
    for layer, those in _by_repository_and_layer(spells, technologies, layers):
        for technology, spell in those:
            years[layer] += _settled_years(spell)
            swaps[layer] += _is_swap(technology, spell, those)
    prior_years = sum(years.values()) / max(sum(swaps.values()), 0.5)
    return {
        layer: RateHyperparameters(
            shape=1.0 + swaps[layer], exposure_years=prior_years + years[layer]
        )
        for layer in LAYERS_OF_IMAGES
    }


def _by_repository_and_layer(
    spells: Iterable[TenureSpell], technologies: Mapping[str, str], layers: Mapping[str, Layer]
) -> list[tuple[Layer, list[tuple[str, TenureSpell]]]]:
    found: dict[tuple[str, Layer], list[tuple[str, TenureSpell]]] = defaultdict(list)
    for spell in spells:
        technology = technologies.get(spell.package) if spell.ecosystem == IMAGES else None
        if technology is not None and layers[technology] in LAYERS_OF_IMAGES:
            found[spell.repository, layers[technology]].append((technology, spell))
    return [(layer, those) for (_repository, layer), those in found.items()]


def _settled_years(spell: TenureSpell) -> float:
    """Years at risk after an image's first months; how old it is where these were not seen."""
    start = spell.added_on if spell.is_left_truncated else spell.added_on + _SETTLED
    return max(years_between(start, _until(spell)), 0.0)


def _is_swap(technology: str, spell: TenureSpell, those: Iterable[tuple[str, TenureSpell]]) -> bool:
    """Whether another technology of the layer came when this one went for good."""
    gone = spell.removed_on
    if gone is None or spell.removed_how != "line" or not _settled_years(spell):
        return False
    stays = any(
        other is not spell and other.added_on <= gone < _until(other)
        for same, other in those
        if same == technology
    )
    comes = any(
        abs(other.added_on - gone) <= _AT_ONCE
        for same, other in those
        if same != technology and not other.is_left_truncated
    )
    return comes and not stays


def _until(spell: TenureSpell) -> date:
    return spell.removed_on or spell.observed_until
