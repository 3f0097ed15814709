from collections.abc import Iterator

import pytest

from stack_half_life.domain.layers import Layer
from stack_half_life.evidence.stack_import import ImportedItem
from stack_half_life.services.layer_guesses import guessed_layer
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache


@pytest.fixture
def cache() -> Iterator[ProfileCache]:
    with open_cache() as opened:
        yield opened


def package(name: str, kind: str) -> ImportedItem:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}"
    return ImportedItem(name=name, purl=purl, kind=kind, file="x")


@pytest.mark.parametrize(
    ("name", "purl", "kind", "layer"),
    [
        ("zz-nobody", "pkg:npm/zz-nobody", "npm", Layer.APP_FRAMEWORK),
        ("zz-nobody", "pkg:pypi/zz-nobody", "pypi", Layer.APP_FRAMEWORK),
        ("zz-nobody", "pkg:docker/zz-nobody", "docker", Layer.INFRASTRUCTURE),
        ("zz-nobody", "", "machine-learning-model", Layer.MODEL),
        ("zz-nobody", "pkg:deb/debian/zz-nobody", "library", Layer.OPERATING_SYSTEM),
    ],
)
def test_what_nothing_places_is_guessed_by_its_kind(
    cache: ProfileCache, name: str, purl: str, kind: str, layer: Layer
) -> None:
    assert guessed_layer(ImportedItem(name=name, purl=purl, kind=kind, file="x"), cache) == layer


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("@aws-sdk/zz-nobody", Layer.INFRASTRUCTURE),
        ("@codemirror/zz-nobody", Layer.FRONT_END),
        ("@nestjs/zz-nobody", Layer.APP_FRAMEWORK),
        ("@zz-nobody/zz", Layer.APP_FRAMEWORK),
    ],
)
def test_a_package_is_where_most_of_its_scope_were_met(
    cache: ProfileCache, name: str, layer: Layer
) -> None:
    assert cache.package_layer("npm", name) is None
    assert guessed_layer(package(name, "npm"), cache) == layer


@pytest.mark.parametrize(
    ("name", "kind", "layer"),
    [
        ("@zz-nobody/opentelemetry-zz", "npm", Layer.OBSERVABILITY),
        ("@aws-crypto/sha256-browser", "npm", Layer.APP_FRAMEWORK),
        ("zz-react-nobody", "npm", Layer.FRONT_END),
        ("zz-reactive", "npm", Layer.APP_FRAMEWORK),
        ("zz-react-nobody", "pypi", Layer.APP_FRAMEWORK),
        ("adminer", "docker", Layer.INFRASTRUCTURE),
        ("zz/nobody-alpine", "docker", Layer.OPERATING_SYSTEM),
        ("zz/zipkin", "docker", Layer.OBSERVABILITY),
    ],
)
def test_words_of_a_name_place_it(cache: ProfileCache, name: str, kind: str, layer: Layer) -> None:
    assert guessed_layer(package(name, kind), cache) == layer
