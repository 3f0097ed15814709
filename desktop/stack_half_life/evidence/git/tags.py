"""Stable releases of a repository's main line, told from its tags."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from stack_half_life.evidence.git.commit_times import LATEST_SECONDS
from stack_half_life.evidence.git.refs import TagRef
from stack_half_life.evidence.git.versions import GitVersions
from stack_half_life.evidence.versions import parse_version

BACKFILLED_AFTER_DAYS = 30
"""A tag made longer than this after its commit is taken as made up for, and dated by the commit."""

STOPPED_DAYS = 730
"""A prefix without a release for so long, while another has some, is no longer the main line."""

_HEADER_BYTES = 16384

_START = re.compile(r"(?:(?<=[-_/@= ])|^)(?=v?\d|release|rel[-_]|version)", re.IGNORECASE)
_UNSTABLE = re.compile(
    r"(?<![a-z])(?:alpha|beta|rc|pre|preview|dev|nightly|canary|next|snapshot|test|experimental)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_NO_COMPONENT = {"", "v", "r", "rel", "release", "releases", "version", "ver", "tag", "tags"}
_TIME = re.compile(rb"^(tagger|committer) .*> (\d{1,15})(?: |$)", re.MULTILINE)
_COMMIT_BEHIND = b"^{commit}"
"""Asks git for what a tag, or a tag of a tag, points to in the end."""


class TagRelease(NamedTuple):
    """A stable release.

    released_on: when it was tagged; its commit's day where the tag has no date of its own, was
        made long after the commit (`is_backfilled`), or before it.
    """

    version: str
    tag: str
    released_on: date
    is_backfilled: bool


class TagReading(NamedTuple):
    """What the tags say.

    component: the prefix of the main line's tags, blank where they have none.
    other_components: stable releases of other prefixes, by prefix, left out.
    passed_over: tags that are no stable version.
    """

    releases: tuple[TagRelease, ...]
    component: str
    other_components: dict[str, int]
    passed_over: int


def split_tag(tag: str) -> tuple[str, str] | None:
    """(component, version) of a stable release's tag; None for pre-releases and other words.

    `core/v1.2.0`, `core@1.2.0`, `core==1.2.0` and `core-1.2.0` are component `core`.
    """
    text = tag.partition("+")[0]
    for match in _START.finditer(text):
        prefix, rest = text[: match.start()], text[match.start() :]
        if parse_version(rest) is None:
            continue
        component = prefix.strip("-_/@= ").casefold()
        if _UNSTABLE.search(component) or re.search(r"\d[._]\d", component):
            return None
        number = re.search(r"\d.*", rest)
        assert number is not None
        return "" if component in _NO_COMPONENT else component, number[0]
    return None


def read_tags(tags: Sequence[TagRef], versions: GitVersions, repository: str) -> TagReading:
    """The stable releases behind tags, oldest first.

    In a repository of several components the main line is, of the prefixes with at least a tenth
    as many releases as the busiest one: none at all, else the repository's own name, else the
    busiest; one that stopped `STOPPED_DAYS` before the newest release of these gives way.
    """
    told = {tag.name: parts for tag in tags if (parts := split_tag(tag.name)) is not None}
    counts = Counter(component for component, _ in told.values())
    candidates = _candidates(counts, repository.rpartition("/")[2].casefold())
    asked = [tag for tag in tags if tag.name in told and told[tag.name][0] in candidates]
    dated = _dates(asked, versions)
    main = _main_component(candidates, ((told[tag][0], day) for tag, (day, _) in dated.items()))
    wanted = [tag for tag in asked if told[tag.name][0] == main]
    by_version: dict[tuple[int, ...], TagRelease] = {}
    for tag in wanted:
        if tag.name not in dated:
            continue
        released_on, is_backfilled = dated[tag.name]
        version = told[tag.name][1]
        release = TagRelease(version, tag.name, released_on, is_backfilled)
        numbers = parse_version(version) or ()
        known = by_version.get(numbers)
        if known is None or release.released_on < known.released_on:
            by_version[numbers] = release
    ordered = sorted(by_version.items(), key=lambda item: (item[1].released_on, item[0]))
    others = {name: count for name, count in sorted(counts.items()) if name != main}
    releases = tuple(release for _, release in ordered)
    return TagReading(releases, main, others, len(tags) - len(told))


def _candidates(counts: Counter[str], repository: str) -> list[str]:
    """Prefixes that may be the main line's, the likeliest first."""
    if not counts:
        return []
    busiest = max(counts, key=lambda name: (counts[name], name))
    own = [name for name in ("", repository) if counts[name] * 10 >= counts[busiest]]
    return list(dict.fromkeys([*own, busiest]))


def _main_component(candidates: Sequence[str], released: Iterable[tuple[str, date]]) -> str:
    """The first candidate that has not stopped; released: prefix and day of releases."""
    newest = dict.fromkeys(candidates, date.min)
    for name, day in released:
        newest[name] = max(newest[name], day)
    latest = max(newest.values(), default=date.min)
    return next((one for one, day in newest.items() if (latest - day).days <= STOPPED_DAYS), "")


def _dates(tags: Iterable[TagRef], versions: GitVersions) -> dict[str, tuple[date, bool]]:
    """When each tag was made, and whether long after its commit; without those of no commit."""
    names: dict[bytes, list[str]] = defaultdict(list)
    for tag in tags:
        names[tag.object_id.encode()].append(tag.name)
    asked = [form for identity in names for form in (identity, identity + _COMMIT_BEHIND)]
    tagged: dict[bytes, int] = {}
    committed: dict[bytes, int] = {}
    for form, kind, content in versions.contents(asked, limit=_HEADER_BYTES):
        time = _TIME.search(content)
        if time and kind == b"tag":
            tagged[form] = int(time[2])
        elif time and form.endswith(_COMMIT_BEHIND):
            committed[form.removesuffix(_COMMIT_BEHIND)] = int(time[2])
    return {
        name: _dated(tagged.get(identity), seconds)
        for identity, seconds in committed.items()
        for name in names[identity]
    }


def _dated(tagged: int | None, committed: int) -> tuple[date, bool]:
    if tagged is None or tagged < committed:
        return _day(committed), False
    if tagged - committed > BACKFILLED_AFTER_DAYS * 86400:
        return _day(committed), True
    return _day(tagged), False


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(min(seconds, LATEST_SECONDS), UTC).date()
