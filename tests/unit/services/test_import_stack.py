import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from stack_half_life.domain.stack import MAX_COMPONENTS, ProductKind
from stack_half_life.errors import EvidenceError
from stack_half_life.services.import_stack import StackProposal, propose_stack
from stack_half_life.services.opening import open_cache
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.stack_toml import stack_from_toml, stack_to_toml


@pytest.fixture
def cache() -> Iterator[ProfileCache]:
    with open_cache() as opened:
        yield opened


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text)
    return file


def components(proposal: StackProposal) -> dict[str, tuple[str, str | None, bool]]:
    return {
        one.component.name: (one.component.profile, one.component.cycle, one.is_matched)
        for one in proposal.components
    }


def test_files_become_one_stack_top_to_bottom_with_versions(
    cache: ProfileCache, tmp_path: Path
) -> None:
    files = [
        write(tmp_path, "requirements.txt", "torch==2.3.1\nDjango~=4.2\nzz-nobody-knows==1\n"),
        write(tmp_path, "Dockerfile", "FROM python:3.11-slim\nFROM postgres:16\n"),
        write(
            tmp_path,
            "package.json",
            json.dumps({"dependencies": {"react": "^18.2.0"}, "devDependencies": {"vite": "5"}}),
        ),
    ]
    proposal = propose_stack(files, cache, name="Shop")
    found = components(proposal)
    assert found["React"] == ("react", "18", True)
    assert found["Django"] == ("django", "4.2", True)
    assert found["PyTorch"][0] == "pytorch"
    assert found["Python"] == ("python", "3.11", True)
    assert found["PostgreSQL"] == ("postgresql", "16", True)
    assert found["zz-nobody-knows"] == ("pkg:pypi/zz-nobody-knows", None, False)
    assert [one.component.name for one in proposal.unmatched] == ["zz-nobody-knows"]
    depths = [one.component.layer.depth for one in proposal.components]
    assert depths == sorted(depths)
    assert (proposal.helpful, proposal.indirect) == (1, 0)
    assert (proposal.stack.name, proposal.stack.kind) == ("Shop", ProductKind.AI)
    assert "requirements.txt: torch ==2.3.1" in proposal.stack.component("PyTorch").note


def test_an_open_requirement_settles_no_cycle(cache: ProfileCache, tmp_path: Path) -> None:
    file = write(tmp_path, "requirements.txt", "django>=2.0\nflask\n")
    found = components(propose_stack([file], cache))
    assert found["Django"][1] is None


def test_a_version_in_no_known_cycle_is_said(cache: ProfileCache, tmp_path: Path) -> None:
    file = write(tmp_path, "requirements.txt", "django==99.1\n")
    (one,) = propose_stack([file], cache).components
    assert one.is_version_unknown
    assert one.component.cycle is None
    assert one.assumed_cycle(date(2026, 11, 23)) == "5.2"
    assert "99.1" in one.component.note


def test_a_tag_without_a_number_names_a_release_or_no_version(
    cache: ProfileCache, tmp_path: Path
) -> None:
    file = write(tmp_path, "Dockerfile", "FROM redis:alpine\nFROM debian:bookworm\n")
    found = {one.component.profile: one for one in propose_stack([file], cache).components}
    assert (found["redis"].version, found["redis"].is_version_unknown) == ("", False)
    assert found["debian"].component.cycle == "12"


def test_the_same_technology_from_two_files_is_one_component(
    cache: ProfileCache, tmp_path: Path
) -> None:
    one = write(tmp_path, "requirements.txt", "redis==5.0.1\n")
    two = write(
        tmp_path, "compose.yaml", "services:\n  a: {image: 'redis:7.2'}\n  b: {image: redis}\n"
    )
    proposal = propose_stack([one, two], cache)
    servers = [c for c in proposal.components if c.component.profile == "redis"]
    assert [c.component.cycle for c in servers] == ["7.2"]


def test_all_takes_indirect_and_development_dependencies(
    cache: ProfileCache, tmp_path: Path
) -> None:
    text = "module x.example/x\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n"
    text += "\tgolang.org/x/net v0.25.0 // indirect\n)\n"
    file = write(tmp_path, "go.mod", text)
    assert len(propose_stack([file], cache).components) == 1
    assert propose_stack([file], cache).indirect == 1
    assert len(propose_stack([file], cache, take_all=True).components) == 2


def test_more_than_a_stack_may_have_is_cut_and_said(cache: ProfileCache, tmp_path: Path) -> None:
    lines = [f"zz-nobody-{number}" for number in range(MAX_COMPONENTS + 5)]
    file = write(tmp_path, "requirements.txt", "\n".join([*lines, "django"]))
    proposal = propose_stack([file], cache)
    assert len(proposal.components) == MAX_COMPONENTS
    assert "Django" in components(proposal)
    assert "are left out" in proposal.notes[-1]


@pytest.mark.parametrize(
    ("text", "matched_only", "says"),
    [
        ('{"name": "x"}', False, "nothing to make a stack of ("),
        ('{"name": "x"}', False, "names no dependency; looked for: packages in “dependencies”"),
        ('{"devDependencies": {"vite": "5"}}', False, "1 dependencies, none of them direct"),
        ('{"dependencies": {"zz-nobody": "5"}}', True, "that the cache knows"),
    ],
)
def test_nothing_to_propose_is_one_clear_line(
    cache: ProfileCache, tmp_path: Path, text: str, matched_only: bool, says: str
) -> None:
    file = write(tmp_path, "package.json", text)
    with pytest.raises(EvidenceError) as caught:
        propose_stack([file], cache, matched_only=matched_only)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_hostile_names_stay_within_what_a_stack_allows(cache: ProfileCache, tmp_path: Path) -> None:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "components": [
            {"type": "library", "name": "n" * 500, "version": "v" * 500, "bom-ref": "a"},
            {"type": "library", "name": "n" * 500 + "2", "bom-ref": "b"},
            {"type": "library", "name": "line\nbreak\t\u202e", "bom-ref": "c"},
            {"type": "library", "name": " ", "bom-ref": "d"},
            {"type": "library", "name": "purl", "purl": f"pkg:npm/{'p' * 400}", "bom-ref": "e"},
        ],
    }
    file = write(tmp_path, "bom.json", json.dumps(bom))
    proposal = propose_stack([file], cache)
    assert len(proposal.components) == 5


@pytest.mark.parametrize("folder", [" ", "\x1b[31m", "a\nb"])
def test_names_that_cannot_be_shown_still_make_a_stack(
    cache: ProfileCache, tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    file = write(tmp_path / folder, "requirements.txt", "django==4.2\n")
    odd = file.rename(file.with_name("requirements-\udcff.txt"))
    stack = propose_stack([odd], cache, name=" ").stack
    assert stack.name.isprintable()
    assert stack_from_toml(stack_to_toml(stack), "here") == stack
