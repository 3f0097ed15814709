"""The layer of what no technology of the cache is known to be: a guess, for a person to mend."""

import re

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.purls import ecosystem_of
from stack_half_life.evidence.stack_import import ImportedItem
from stack_half_life.services.matching import purl_type_of
from stack_half_life.store.cache import ProfileCache

_LAYER_OF_KIND = {
    "apk": Layer.OPERATING_SYSTEM,
    "container": Layer.INFRASTRUCTURE,
    "deb": Layer.OPERATING_SYSTEM,
    "device": Layer.HARDWARE,
    "device-driver": Layer.HARDWARE_INTERFACE,
    "docker": Layer.INFRASTRUCTURE,
    "firmware": Layer.HARDWARE_INTERFACE,
    "generic": Layer.LANGUAGE_RUNTIME,
    "machine-learning-model": Layer.MODEL,
    "operating-system": Layer.OPERATING_SYSTEM,
    "rpm": Layer.OPERATING_SYSTEM,
    "service": Layer.CLOUD_SERVICE,
}


def _word_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")


_TELEMETRY = _word_of(
    "appsignal|datadog|dd|instrumentation|jaeger|opentelemetry|otel|sentry|statsd|telemetry|zipkin"
)
_FRONT_END = _word_of(
    "angular|bootstrap|charts?|codemirror|css|d3|dom|icons|postcss|react|remark|svelte|tailwind"
    "|tailwindcss|themes|ui|vue"
)
"""Most npm packages met with one of these words in their name are in the front end."""

_SYSTEMS = _word_of(
    "alpine|amazonlinux|archlinux|baseimage|busybox|centos|debian|distroless|fedora|photon"
    "|rockylinux|ubi[89]?|ubuntu|wolfi"
)

_FEWEST_IN_SCOPE = 2
_SHARE_IN_SCOPE = 2 / 3
"""Packages met in a scope, and the share of them in one layer, that place another of the scope.

Of the npm packages met, each placed by the others of its scope, 960 of 986 come where they are;
329 more are in scopes that place none.
"""


def guessed_layer(item: ImportedItem, cache: ProfileCache) -> Layer:
    """The layer of an item nobody knows.

    By words of its name that say telemetry; then where its package was met, else most packages of
    its scope; then by other words of its name; then by its kind. What none of these places is
    taken for application framework, and an image for infrastructure.
    """
    kind = purl_type_of(item)
    name = item.name.casefold()
    ecosystem = ecosystem_of(kind)
    if ecosystem and _TELEMETRY.search(name):
        return Layer.OBSERVABILITY
    if kind == "docker" and _SYSTEMS.search(name):
        return Layer.OPERATING_SYSTEM
    met = _layer_met(ecosystem, item.name, cache) if ecosystem else None
    if met is not None:
        return met
    if kind == "npm" and _FRONT_END.search(name):
        return Layer.FRONT_END
    return _LAYER_OF_KIND.get(kind) or _LAYER_OF_KIND.get(item.kind, Layer.APP_FRAMEWORK)


def _layer_met(ecosystem: str, name: str, cache: ProfileCache) -> Layer | None:
    """Where a package was met, else two thirds of the packages of its npm scope.

    What is called an operating system among the images met is any image built upon, so that is
    no place.
    """
    layer = cache.package_layer(ecosystem, name)
    if ecosystem == "docker":
        return None if layer is Layer.OPERATING_SYSTEM else layer
    if layer is not None or not name.startswith("@") or "/" not in name:
        return layer
    met = cache.layers_in_scope(ecosystem, name.partition("/")[0])
    most = max(met, key=lambda one: met[one], default=None)
    if most is None or sum(met.values()) < _FEWEST_IN_SCOPE:
        return None
    return most if met[most] >= _SHARE_IN_SCOPE * sum(met.values()) else None
