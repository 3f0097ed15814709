import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from loopback import STEADY, Loopback
from stack_half_life.domain.layers import Layer
from stack_half_life.errors import CacheError, CancelledError, EvidenceError
from stack_half_life.evidence.releases import PipSettings
from stack_half_life.services.add_releases import add_releases
from stack_half_life.services.added import AddedEvidence
from stack_half_life.services.refresh import refresh
from stack_half_life.store.cache import ProfileCache

TODAY = date(2027, 6, 1)
JSON = "application/vnd.pypi.simple.v1+json"
NOWHERE = "http://127.0.0.1:9/full"


def package(*told: tuple[str, str]) -> tuple[int, str, bytes]:
    """An index page: versions and the days of their files."""
    files = [
        {
            "filename": f"x-{version}.tar.gz",
            "url": "https://files.invalid/x",
            "hashes": {},
            "upload-time": f"{day}T00:00:00.000000Z",
        }
        for version, day in told
    ]
    document = {"meta": {"api-version": "1.1"}, "name": "x", "versions": [], "files": files}
    return 200, JSON, json.dumps(document).encode()


def endoflife(*products: dict[str, Any]) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps({"result": list(products)}).encode()


PYTHON = {
    "name": "python",
    "label": "Python",
    "category": "lang",
    "releases": [{"name": "9.9", "releaseDate": "2027-05-01", "isEol": False}],
}
UNKNOWN = {**PYTHON, "name": "zz-new", "label": "New"}


def renew(
    cache: ProfileCache, server: Loopback, *names: str, address: str = "", **more: Any
) -> AddedEvidence:
    return refresh(
        cache,
        today=TODAY,
        names=names,
        endoflife_address=address or server.url("/full"),
        pip_settings=PipSettings(index_url=server.url("/simple/")),
        **{"patience": STEADY, **more},
    )


def cycles(cache: ProfileCache, key: str) -> set[str]:
    return {cycle.cycle for cycle in cache.profile(key).cycles}


def test_what_is_named_is_renewed_from_both_kinds_of_source(
    own_cache: ProfileCache, server: Loopback
) -> None:
    server.answers["/full"] = endoflife(PYTHON, UNKNOWN)
    server.answers["/simple/fastapi/"] = package(("9.8.0", "2027-01-01"), ("9.9.0", "2027-05-01"))
    done = renew(own_cache, server, "python", "fastapi")
    assert set(done.technologies) == {"python", "fastapi"}
    assert done.problems == ()
    assert "9.9" in cycles(own_cache, "python")
    assert {"9.8", "9.9"} <= cycles(own_cache, "fastapi")
    assert own_cache.profile("fastapi").observed_until == TODAY
    assert own_cache.resolve("zz-new") is None


def test_a_failing_source_keeps_everything_and_is_told(
    own_cache: ProfileCache, server: Loopback
) -> None:
    before = cycles(own_cache, "fastapi")
    server.answers["/full"] = endoflife(PYTHON)
    server.answers["/simple/fastapi/"] = (500, "text/plain", b"")
    done = renew(own_cache, server, "python", "fastapi")
    assert done.technologies == ("python",)
    assert "status 500" in done.problems[0]
    assert cycles(own_cache, "fastapi") == before
    assert server.asked["/simple/fastapi/"] == 2


def test_a_source_that_hangs_is_asked_for_one_package_only(
    own_cache: ProfileCache, server: Loopback
) -> None:
    server.answers["/full"] = endoflife(PYTHON)
    server.hanging |= {"/simple/fastapi/", "/simple/pydantic/"}
    brief = replace(STEADY, read_seconds=2, retries=0)
    done = renew(own_cache, server, "python", "fastapi", "pydantic", patience=brief)
    assert done.technologies == ("python",)
    assert "no further pkg:pypi package was asked for" in done.problems[0]
    assert server.asked["/simple/pydantic/"] == 0


def test_offline_is_one_line_that_tells_the_age_and_changes_nothing(
    own_cache: ProfileCache,
) -> None:
    before = own_cache.data_hash
    with pytest.raises(EvidenceError) as caught:
        refresh(
            own_cache,
            today=TODAY,
            names=("python", "fastapi"),
            endoflife_address=NOWHERE,
            pip_settings=PipSettings(index_url="http://127.0.0.1:9/simple/"),
            patience=STEADY,
        )
    assert "cannot be reached (is this machine offline?)" in str(caught.value)
    assert "facts in the cache were read from" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert own_cache.data_hash == before


def test_what_is_fresh_is_not_asked_for(own_cache: ProfileCache) -> None:
    done = refresh(own_cache, today=date(2026, 11, 24), stale_after_days=9999, patience=STEADY)
    assert done.technologies == ()
    assert done.notes == ("nothing is older than 9999 days",)


def test_what_was_renewed_is_no_longer_stale(own_cache: ProfileCache, server: Loopback) -> None:
    server.answers["/simple/zz-mine/"] = package(("1.0", "2026-01-01"))
    settings = PipSettings(index_url=server.url("/simple/"))
    add_releases("pkg:pypi/zz-mine", own_cache, today=TODAY, pip_settings=settings, patience=STEADY)
    asked = server.asked["/simple/zz-mine/"]
    server.answers["/full"] = endoflife(PYTHON)
    done = renew(own_cache, server, stale_after_days=1)
    assert server.asked["/simple/zz-mine/"] == asked
    assert server.asked["/simple/django/"] == 1
    assert sum("npm is not on the PATH" in problem for problem in done.problems) == 1


def test_stopping_keeps_what_was_read_before(own_cache: ProfileCache, server: Loopback) -> None:
    server.answers["/simple/fastapi/"] = package(("9.9.0", "2027-05-01"))
    server.answers["/simple/pydantic/"] = package(("9.9.0", "2027-05-01"))

    def stop(share: float, text: str) -> None:
        del share
        if "pydantic" in text:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        renew(own_cache, server, "fastapi", "pydantic", on_progress=stop)
    assert "9.9" in cycles(own_cache, "fastapi")
    assert "9.9" not in cycles(own_cache, "pydantic")


@pytest.mark.parametrize(
    "answer",
    [
        (200, "text/html", b"<html>sign in</html>"),
        (200, "application/json", b'{"result": [{"name": "py'),
        (404, "text/plain", b""),
    ],
)
def test_an_answer_that_is_none_leaves_the_cache_alone(
    own_cache: ProfileCache, server: Loopback, answer: tuple[int, str, bytes]
) -> None:
    before = own_cache.data_hash
    server.answers["/full"] = answer
    with pytest.raises(EvidenceError, match="nothing was renewed"):
        renew(own_cache, server, "python")
    assert own_cache.data_hash == before


def test_an_unknown_name(own_cache: ProfileCache, server: Loopback) -> None:
    with pytest.raises(CacheError, match="no technology is called"):
        renew(own_cache, server, "zz-nobody")


def test_a_new_package_becomes_a_technology_with_its_cycles(
    own_cache: ProfileCache, server: Loopback
) -> None:
    server.answers["/simple/zz-mine/"] = package(("1.0", "2026-01-01"), ("2.0", "2027-01-01"))
    settings = PipSettings(index_url=server.url("/simple/"))
    added = add_releases(
        "pkg:pypi/zz-mine", own_cache, today=TODAY, pip_settings=settings, patience=STEADY
    )
    assert (added.new, added.cycles, added.releases) == (("zz-mine",), 2, 2)
    profile = own_cache.profile("pkg:pypi/zz_mine")
    assert [(c.cycle, c.is_breaking) for c in profile.cycles] == [("1.0", True), ("2.0", True)]
    assert profile.technology.layer is Layer.APP_FRAMEWORK


def test_where_a_table_of_cycles_is_kept_only_newer_ones_join_cut_in_its_way(
    own_cache: ProfileCache, server: Loopback
) -> None:
    before = cycles(own_cache, "django")
    told = (("1.0.1", "2009-01-01"), ("9.8.1", "2027-01-01"), ("9.8.2", "2027-02-01"))
    server.answers["/simple/django/"] = package(*told)
    settings = PipSettings(index_url=server.url("/simple/"))
    added = add_releases("django", own_cache, today=TODAY, pip_settings=settings, patience=STEADY)
    assert cycles(own_cache, "django") - before == {"9.8"}
    assert added.releases == 3


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("zz-nobody", "as pkg:pypi/zz-nobody or pkg:npm/zz-nobody"),
        ("ubuntu", "no Python or npm package of it is known"),
        (".", "evidence add-repository"),
    ],
)
def test_names_that_cannot_be_asked_for(own_cache: ProfileCache, name: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        add_releases(name, own_cache, today=TODAY, patience=STEADY)


def test_a_cycle_told_from_releases_gives_way_to_one_that_a_table_lists_later(
    rebuilt_cache: ProfileCache, server: Loopback
) -> None:
    """The table listed the product before the package was asked, and the new cycle after."""
    released = {"3.0": "2023-09-30", "3.1": "2027-02-01"}

    def listed(*names: str) -> tuple[int, str, bytes]:
        releases = [
            {"name": name, "releaseDate": released[name], "isEol": False, "eolFrom": "2030-01-01"}
            for name in names
        ]
        package_url = {"type": "purl", "id": "pkg:pypi/flask"}
        flask = {"name": "flask", "label": "Flask", "category": "framework"}
        return endoflife({**flask, "identifiers": [package_url], "releases": releases})

    def ends() -> dict[str, str]:
        renew(rebuilt_cache, server, "flask")
        cycles = rebuilt_cache.profile("flask").cycles
        return {c.cycle: str(c.support_ends_on or "") for c in cycles}

    server.answers["/simple/flask/"] = package(
        *((f"{name}.0", day) for name, day in released.items())
    )
    server.answers["/full"] = listed("3.0")
    assert ends() == {"3.0": "2030-01-01"}
    server.answers["/full"] = listed()
    assert ends()["3.1"] == ""
    server.answers["/full"] = listed("3.0", "3.1")
    for _ in range(2):
        assert ends() == {"3.0": "2030-01-01", "3.1": "2030-01-01"}
