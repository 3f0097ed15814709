"""The recipe that learns from a repository of the user's own: its tenures, releases and lines."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.clock_figures import RemovalBasis
from stack_half_life.domain.facts import (
    CodeSurvival,
    Confidence,
    Evidence,
    RepositoryActivity,
    Source,
    TenureSpell,
)
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.purls import package_url
from stack_half_life.domain.stack import ProductKind
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.evidence.cycles_from_releases import DatedVersion
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.evidence.releases.history import sign_of_copying
from stack_half_life.evidence.told_facts import cycle_facts, release_facts
from stack_half_life.forecast.fitting import manifest_law, removal_basis
from stack_half_life.paths import as_text
from stack_half_life.services.harvest import harvest
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.shipped import shipped_hyperparameters


class LearntRemoval(Frozen):
    """What a repository taught about how readily a technology is removed from manifests.

    spells, removals: of it in the repository.
    multiplier_before, multiplier_after: posterior mean of its multiplier of the removal hazard,
        1 being an average dependency.
    """

    technology: str
    spells: int
    removals: int
    multiplier_before: float
    multiplier_after: float


class AddedRepository(Frozen):
    """What adding a repository came to.

    technology: the one whose own repository it is, blank where that was not said.
    cycles, releases: how many of it were added.
    spells, removals: of dependencies, of which `unmatched` are of packages the cache has not.
    learnt: the technologies whose removal hazard moved, the most moved first; those that are
        forecast by changes of images learn nothing from one repository.
    """

    repository: str
    technology: str = ""
    cycles: int = 0
    releases: int = 0
    spells: int
    removals: int
    unmatched: int
    learnt: tuple[LearntRemoval, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What the facts added are kept under, to be taken out again by."""
        return _subject(self.repository)


def add_repository(
    path: Path,
    cache: ProfileCache,
    *,
    today: date,
    kind: ProductKind = ProductKind.UNKNOWN,
    technology: str = "",
    name: str | None = None,
    follow_alternates: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> AddedRepository:
    """Harvest a repository and add what it says to the cache, in place of what it said before.

    technology: whose own repository it is; its releases and the life of its lines are added to
        that one. Without it only the tenures of dependencies are added.
    name: what to call the repository, else its path.

    Raises:
        EvidenceError: where it cannot be read, or not be called so. CacheError: where the cache
        has no such technology or cannot be written.
    """
    key = _key(technology, cache) if technology else None
    found = harvest(
        path,
        name=name,
        follow_alternates=follow_alternates,
        on_progress=lambda share, text: on_progress(0.9 * share, text),
    )
    called = as_text(path.resolve()) if name is None else found.repository
    spells = _spells(found, called, kind)
    matched = _matched(spells, cache)
    hyper = shipped_hyperparameters()
    before = {one: _multiplier(one, cache, hyper, kind) for one in matched}
    on_progress(0.95, "writing")
    doubt = _doubt(found) if key else ""
    facts = _facts(found, called, spells, key, cache, today, doubt)
    cache.add_user_facts(facts)
    learnt = [
        LearntRemoval(
            technology=one,
            spells=len(of_it),
            removals=sum(spell.removed_on is not None for spell in of_it),
            multiplier_before=before[one],
            multiplier_after=_multiplier(one, cache, hyper, kind),
        )
        for one, of_it in matched.items()
        if removal_basis(cache.profile(one)) is RemovalBasis.MANIFESTS
    ]
    learnt.sort(key=lambda one: -abs(one.multiplier_after - one.multiplier_before))
    return AddedRepository(
        repository=called,
        technology=key or "",
        cycles=len(facts.cycles),
        releases=len(facts.releases),
        spells=len(spells),
        removals=sum(spell.removed_on is not None for spell in spells),
        unmatched=len(spells) - sum(len(of_it) for of_it in matched.values()),
        learnt=tuple(one for one in learnt if one.multiplier_after != one.multiplier_before),
        notes=(*found.notes, *([f"releases not taken: {doubt}"] if doubt else [])),
    )


def _subject(called: str) -> str:
    return f"repository:{called}"[:1000]


def _key(technology: str, cache: ProfileCache) -> str:
    return cache.resolve(technology) or cache.profile(technology).key


def _spells(found: RepositoryHarvest, called: str, kind: ProductKind) -> tuple[TenureSpell, ...]:
    return tuple(
        TenureSpell(
            repository=called,
            repository_kind=kind.repository_word,
            ecosystem=spell.ecosystem,
            package=spell.package,
            scope=spell.scope,
            added_on=spell.added_on,
            removed_on=spell.removed_on,
            observed_until=found.last_commit_on,
            is_left_truncated=spell.is_left_truncated,
            removed_how=spell.removed_how,
        )
        for spell in found.tenures
    )


def _matched(spells: Iterable[TenureSpell], cache: ProfileCache) -> dict[str, list[TenureSpell]]:
    """Spells by the technology that the cache knows their package as."""
    matched: dict[str, list[TenureSpell]] = {}
    for spell in spells:
        key = cache.resolve(package_url(spell.ecosystem, spell.package))
        if key is not None:
            matched.setdefault(key, []).append(spell)
    return matched


def _multiplier(key: str, cache: ProfileCache, hyper: Hyperparameters, kind: ProductKind) -> float:
    law = manifest_law(cache.profile(key), hyper, kind)
    return law.shape / law.rate


def _facts(
    found: RepositoryHarvest,
    called: str,
    spells: tuple[TenureSpell, ...],
    key: str | None,
    cache: ProfileCache,
    today: date,
    doubt: str,
) -> UserFacts:
    source = Source(
        key=f"repository {called}"[:200],
        title=f"the history of {called}",
        address="",
        retrieved_on=today,
    )
    facts = UserFacts(subject=_subject(called), tenures=spells, source=source)
    if key is None:
        return facts
    known = cache.profile(key)
    evidence = Evidence(source=source.key, retrieved_on=today, confidence=Confidence.HIGH)
    kept_elsewhere = any(cycle.evidence.source != source.key for cycle in known.cycles)
    cycles = () if kept_elsewhere or doubt else cycle_facts(found.cycles, evidence)
    return facts.model_copy(
        update={
            "technology": known.technology,
            "observed_until": found.last_commit_on if cycles else known.observed_until,
            "cycles": cycles,
            "releases": () if doubt else release_facts(_dated(found), evidence),
            "repositories": (
                RepositoryActivity(
                    repository=called,
                    kind="primary",
                    first_commit_on=found.first_commit_on,
                    last_commit_on=found.last_commit_on,
                    observed_until=found.last_commit_on,
                    commits=found.commits,
                ),
            ),
            "code_survival": CodeSurvival(
                repository=called,
                half_life_years=found.survival.half_life_years.value,
                ages_years=found.survival.ages_years,
                alive_share=found.survival.alive_share,
                lines=found.lines,
                commits=found.commits,
                evidence=evidence,
            ),
        }
    )


def _doubt(found: RepositoryHarvest) -> str:
    """Why the tags' dates cannot be those of publication; blank where they can."""
    return sign_of_copying(_dated(found))


def _dated(found: RepositoryHarvest) -> list[DatedVersion]:
    return [DatedVersion(release.version, release.released_on) for release in found.tags.releases]
