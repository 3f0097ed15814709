"""Images that are the project itself are no technologies of its stack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stack_half_life.errors import EvidenceError
from stack_half_life.services.import_stack import StackProposal, propose_stack
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache


@pytest.fixture
def cache() -> Iterator[ProfileCache]:
    with open_cache() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "zz-shop"
    folder.mkdir()
    return folder


def compose(folder: Path, *images: str, name: str = "compose.yaml") -> Path:
    lines = [f"  s{number}: {{{image}}}" for number, image in enumerate(images)]
    file = folder / name
    file.write_text("\n".join(["services:", *lines]))
    return file


def names(proposal: StackProposal) -> set[str]:
    return {one.component.name for one in proposal.components}


def test_what_is_built_here_is_left_out_of_every_file(cache: ProfileCache, shop: Path) -> None:
    base = compose(shop, "image: 'org/zz-api:1'", "image: 'redis:7'")
    other = compose(shop, "image: 'org/zz-api:1', build: .", name="compose.override.yaml")
    proposal = propose_stack([base, other], cache)
    assert names(proposal) == {"Redis"}
    assert "left out, since 1 image is built here or named like the project: org/zz-api" in (
        proposal.notes
    )


def test_images_named_like_the_project_or_a_folder_beside(cache: ProfileCache, shop: Path) -> None:
    (shop / "zz-mailer").mkdir()
    images = ("org/zzshop_worker", "zz-shop", "org/zz-mailer", "org/zz-shopping", "postgres:16")
    file = compose(shop, *(f"image: '{image}'" for image in images))
    proposal = propose_stack([file], cache)
    assert names(proposal) == {"PostgreSQL", "org/zz-shopping"}
    (note,) = proposal.notes
    assert note.startswith("left out, since 3 images are built here or named like the project: ")
    assert note.endswith(": org/zz-mailer, org/zzshop_worker, zz-shop")


def test_a_folder_inside_the_repository_knows_its_name(cache: ProfileCache, shop: Path) -> None:
    (shop / ".git").mkdir()
    (shop / "deploy").mkdir()
    file = compose(shop / "deploy", "image: org/zz-shop-web", "image: redis")
    assert names(propose_stack([file], cache)) == {"Redis"}


def test_a_known_technology_stays_where_a_compose_file_stands_alone(
    cache: ProfileCache, tmp_path: Path
) -> None:
    folder = tmp_path / "grafana"
    (folder / "redis").mkdir(parents=True)
    file = compose(folder, "image: grafana/grafana", "image: redis")
    assert names(propose_stack([file], cache)) == {"Grafana", "Redis"}
    packages = folder / "requirements.txt"
    packages.write_text("django==4.2\n")
    assert names(propose_stack([file, packages], cache)) == {"Django", "Redis"}


def test_a_stack_of_own_images_alone_is_one_line(cache: ProfileCache, shop: Path) -> None:
    file = compose(shop, "image: org/zz-shop")
    with pytest.raises(EvidenceError, match=r"nothing to make .*since 1 image is built here"):
        propose_stack([file], cache)


def test_stacks_are_named_after_the_folder_that_holds_all_files(
    cache: ProfileCache, shop: Path
) -> None:
    for part in ("web", "api"):
        (shop / "src" / part).mkdir(parents=True)
        (shop / "src" / part / "requirements.txt").write_text("django==4.2\n")
    files = [shop / "src" / part / "requirements.txt" for part in ("web", "api")]
    assert propose_stack(files[:1], cache).stack.name == "web"
    assert propose_stack(files, cache).stack.name == "src"
    (shop / ".git").mkdir()
    assert propose_stack(files, cache).stack.name == "zz-shop"
    assert propose_stack(files[:1], cache).stack.name == "web"
