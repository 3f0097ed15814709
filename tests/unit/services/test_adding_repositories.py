import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from made_repository import MadeRepository
from stack_half_life.domain.stack import ProductKind
from stack_half_life.errors import CacheError
from stack_half_life.services.add_repository import add_repository
from stack_half_life.store.cache import ProfileCache

TODAY = date(2026, 11, 23)
_GIT = shutil.which("git")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRepository:
    assert _GIT is not None
    monkeypatch.setenv("PATH", os.path.dirname(_GIT))  # noqa: PTH120
    made = MadeRepository(tmp_path / "shop")
    made.commit({"requirements.txt": "click\nnobody-has-this\n", "a": "1\n2\n"})
    made.commit({"requirements.txt": "click\nflask\nnobody-has-this\n"})
    made.tag("v1.0")
    made.commit({"requirements.txt": "click\n"}, seconds=1_600_000_000)
    return made


def test_what_a_repository_teaches_is_told_before_and_after(
    own_cache: ProfileCache, made: MadeRepository
) -> None:
    before = own_cache.profile("flask").tenure
    added = add_repository(made.folder, own_cache, today=TODAY, kind=ProductKind.CLASSICAL)
    assert (added.spells, added.removals, added.unmatched) == (3, 2, 1)
    after = own_cache.profile("flask").tenure
    assert before is not None
    assert after is not None
    assert (after.spells, after.removals) == (before.spells + 1, before.removals + 1)
    (flask,) = (one for one in added.learnt if one.technology == "flask")
    assert flask.multiplier_after > flask.multiplier_before
    assert "click" not in {one.technology for one in added.learnt}, "its beginning was not seen"


def test_what_images_do_not_change_in_a_forecast_is_not_told_as_learnt(
    own_cache: ProfileCache, made: MadeRepository
) -> None:
    before = own_cache.profile("ubuntu").tenure
    made.commit({"Dockerfile": "FROM python:3.12\n"}, seconds=1_610_000_000)
    made.commit({"Dockerfile": "FROM ubuntu:22.04\n"}, seconds=1_620_000_000)
    made.commit({"Dockerfile": "FROM python:3.12\n"}, seconds=1_640_000_000)
    added = add_repository(made.folder, own_cache, today=TODAY)
    after = own_cache.profile("ubuntu").tenure
    assert before is not None
    assert after is not None
    assert after.removals == before.removals + 1
    assert {one.technology for one in added.learnt} == {"flask"}


def test_adding_a_repository_again_changes_nothing(
    own_cache: ProfileCache, made: MadeRepository
) -> None:
    add_repository(made.folder, own_cache, today=TODAY)
    once = own_cache.profile("flask").tenure
    again = add_repository(made.folder, own_cache, today=TODAY)
    assert again.learnt == ()
    assert own_cache.profile("flask").tenure == once


def test_a_technology_s_own_repository_gives_releases_and_the_life_of_lines(
    own_cache: ProfileCache, made: MadeRepository
) -> None:
    added = add_repository(made.folder, own_cache, today=TODAY, technology="flask")
    assert (added.technology, added.releases) == ("flask", 1)
    profile = own_cache.profile("flask")
    assert profile.code_survival is not None
    assert profile.code_survival.lines == 3
    assert profile.code_survival.half_life_years is None
    assert str(made.folder) in {one.repository for one in profile.repositories}


def test_an_unknown_technology_is_refused_before_anything_is_read(
    own_cache: ProfileCache, tmp_path: Path
) -> None:
    with pytest.raises(CacheError, match="flsk"):
        add_repository(tmp_path / "missing", own_cache, today=TODAY, technology="flsk")


def test_adding_a_repository_again_keeps_the_cycles_it_gave(
    rebuilt_cache: ProfileCache, made: MadeRepository
) -> None:
    cycleless = next(hit.technology.key for hit in rebuilt_cache.search("") if not hit.cycles)
    first = add_repository(made.folder, rebuilt_cache, today=TODAY, technology=cycleless)
    assert first.cycles == 1
    again = add_repository(made.folder, rebuilt_cache, today=TODAY, technology=cycleless)
    assert again.cycles == 1
    assert [cycle.cycle for cycle in rebuilt_cache.profile(cycleless).cycles] == ["1.0"]
