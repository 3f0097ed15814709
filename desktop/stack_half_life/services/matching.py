"""Which technology of the cache an imported item is, and which release cycle its version is in."""

import re
from collections.abc import Iterator, Sequence

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.purls import go_module, package_url, split_purl
from stack_half_life.evidence.stack_import import ImportedItem
from stack_half_life.store.cache import ProfileCache

_NUMBERS = re.compile(r"\A[^\d]{0,12}?(\d+(?:\.\d+)*)")

_HOST = re.compile(r"\A[^/]*[.:][^/]*/")
"""The registry that an image's name begins with, where it names one."""

_NAMED_KINDS = {
    "",
    "container",
    "deb",
    "device",
    "device-driver",
    "docker",
    "firmware",
    "generic",
    "github",
    "machine-learning-model",
    "operating-system",
    "platform",
    "rpm",
    "apk",
    "service",
}
"""Kinds of things, and types of package URLs, whose bare name means the technology itself.

A library's bare name does not: the npm package `redis` is a client, not the server.
"""


def technology_of(item: ImportedItem, cache: ProfileCache) -> str | None:
    """The key of the technology an item is: by package URL first, by name where that is safe."""
    for text in _candidates(item):
        key = cache.resolve(text)
        if key is not None:
            return key
    return None


def cycle_of_version(version: str, cycles: Sequence[ReleaseCycle]) -> str | None:
    """The release cycle a version belongs to: the longest whose numbers the version begins with.

    A version coarser than the cycles (`3` where there are 3.11 and 3.12) is in the newest of
    them. None where no cycle fits.
    """
    for cycle in cycles:
        if cycle.cycle.casefold() == version.casefold():
            return cycle.cycle
    wanted = _numbers(version)
    if not wanted:
        return None
    numbered = [(numbers, cycle) for cycle in cycles if (numbers := _numbers(cycle.cycle))]
    within = [(n, cycle) for n, cycle in numbered if wanted[: len(n)] == n]
    if within:
        return max(within, key=lambda pair: (len(pair[0]), _released(pair[1])))[1].cycle
    coarser = [cycle for n, cycle in numbered if n[: len(wanted)] == wanted]
    return max(coarser, key=_released).cycle if coarser else None


def purl_type_of(item: ImportedItem) -> str:
    """The type of an item's package URL, else the file's own word for what it is."""
    return split_purl(item.purl)[0] if item.purl else item.kind


def _candidates(item: ImportedItem) -> Iterator[str]:
    kind = purl_type_of(item)
    if item.purl:
        yield item.purl
        if kind == "golang":
            yield package_url("go", go_module(split_purl(item.purl)[1]))
        if kind == "docker" and _HOST.match(item.name):
            yield package_url("docker", item.name.partition("/")[2])
    if not item.purl or kind in _NAMED_KINDS:
        yield item.name
        yield item.name.rpartition("/")[2]


def _numbers(text: str) -> tuple[int, ...]:
    match = _NUMBERS.match(text)
    parts = match[1].split(".") if match else []
    return tuple(int(part[:9]) for part in parts)


def _released(cycle: ReleaseCycle) -> PartialDate:
    return cycle.released_on or PartialDate("0001")
