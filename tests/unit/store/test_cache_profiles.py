"""A profile is all that the cache knows of a component, and says when nobody knows it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from made_facts import made_data
from made_values import made_component
from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures, RemovalBasis
from stack_half_life.domain.facts import Confidence, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Stack
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.store.cache import ProfileCache


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProfileCache]:
    folder = tmp_path_factory.mktemp("made")
    with ProfileCache.open(folder / "profiles.sqlite", data=made_data(folder)) as opened:
        yield opened


def test_cycles_come_oldest_first_with_their_evidence(cache: ProfileCache) -> None:
    profile = cache.profile("python")
    assert [cycle.cycle for cycle in profile.cycles] == ["2.7", "3.9", "3.10"]
    assert [cycle.support for cycle in profile.cycles] == [
        SupportState.ENDED_DATE_UNKNOWN,
        SupportState.DATED,
        SupportState.DATED,
    ]
    assert profile.cycles[0].is_lts
    assert profile.cycles[0].is_breaking is None
    evidence = profile.cycles[0].evidence
    assert (evidence.source, evidence.confidence) == (
        "endoflife-date/endoflife.date",
        Confidence.HIGH,
    )
    assert evidence.retrieved_on == profile.observed_until == date(2026, 8, 22)
    assert cache.sources()[evidence.source].licence == "MIT"


def test_partial_dates_come_back_as_they_were(cache: ProfileCache) -> None:
    assert [str(cycle.released_on) for cycle in cache.profile("cuda").cycles] == [
        "2010-03",
        "2010-06",
    ]


def test_tenure_counts_removals_and_years_at_risk_by_band(cache: ProfileCache) -> None:
    tenure = cache.profile("react").tenure
    assert tenure is not None
    assert (tenure.removals, tenure.spells, tenure.repositories) == (3, 5, 5)
    year = 365.25
    half, two, whole, month = 182 / year, 731 / year, 1096 / year, 31 / year
    assert tenure.exposure_years_by_band == pytest.approx(
        (
            4 * 0.25 + month,
            3 * 0.25 + (half - 0.25),
            2 * 1.5 + 1.5,
            2 * (whole - 2) + (two - 2),
            0.0,
        )
    )


def test_an_ended_technology_says_so(cache: ProfileCache) -> None:
    end = cache.profile("peft").end
    assert end is not None
    assert (str(end.born_on), str(end.ended_on), end.successor) == ("2022", "2025-05", "Other")


def test_repositories_without_tags_are_evidence_of_activity(cache: ProfileCache) -> None:
    (activity,) = cache.profile("attention").repositories
    assert (activity.commits, activity.last_commit_on) == (35, date(2024, 7, 11))


def test_components_get_their_profiles_by_name(cache: ProfileCache) -> None:
    stack = Stack(
        components=(
            made_component("Runtime", Layer.LANGUAGE_RUNTIME, profile="cpython"),
            made_component("Other", Layer.LANGUAGE_RUNTIME, profile="python"),
            made_component("Secret", Layer.MODEL, profile="nobody knows <this>"),
        )
    )
    profiles = cache.profiles_for(stack)
    assert list(profiles) == ["Runtime", "Other", "Secret"]
    assert profiles["Runtime"] is profiles["Other"]
    assert profiles["Runtime"].is_matched
    secret = profiles["Secret"]
    assert not secret.is_matched
    assert (secret.layer, secret.reference_class) == (Layer.MODEL, "model")
    assert (secret.cycles, secret.releases, secret.tenure) == ((), (), None)
    assert secret.technology.name == "nobody knows <this>"


def test_facts_added_beside_are_seen(tmp_path: Path) -> None:
    data = made_data(tmp_path)
    path = tmp_path / "profiles.sqlite"
    with (
        ProfileCache.open(path, data=data) as first,
        ProfileCache.open(path, data=data) as second,
    ):
        before = first.profile("python")
        assert first.profile("python") is before
        newer = before.cycles[-1].model_copy(update={"cycle": "3.11"})
        second.add_user_facts(
            UserFacts(
                subject="endoflife:python",
                technology=before.technology,
                cycles=(newer,),
                source=first.sources()[newer.evidence.source],
            )
        )
        assert [cycle.cycle for cycle in first.profile("python").cycles][-1] == "3.11"
        assert second.profile("python") == first.profile("python")


def test_a_package_has_a_layer_even_where_it_is_no_technology(cache: ProfileCache) -> None:
    assert cache.package_layer("pypi", "rare") is Layer.APP_FRAMEWORK
    assert cache.package_layer("npm", "react") is Layer.FRONT_END
    assert cache.package_layer("pypi", "unheard-of") is None


def test_the_age_of_the_evidence_is_told(cache: ProfileCache) -> None:
    age = cache.evidence_age()
    assert age is not None
    assert age.oldest <= age.newest


def test_derived_figures_are_kept_for_one_model_version_and_day(cache: ProfileCache) -> None:
    figure = ClockFigure(median_years=1.5, p10_years=0.5, p90_years=None, observations=3)
    figures = ClockFigures(
        cycle_gap=figure,
        breaking_gap=figure,
        support=figure,
        in_manifest=figure,
        removal_basis=RemovalBasis.MANIFESTS,
        end_within_ten_years=0.04,
        end_within_ten_years_p5=0.01,
        end_within_ten_years_p95=0.08,
    )
    today = date(2026, 11, 23)
    cache.keep_derived_figures("1", today, {"python": figures})
    assert cache.derived_figures("1", today) == {"python": figures}
    cache.keep_derived_figures("2", today, {"redis": figures})
    assert cache.derived_figures("1", today) == {}
    assert cache.derived_figures("2", today) == {"redis": figures}
