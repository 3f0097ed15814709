"""Language models, hosted and open-weight → one entry per provider and line of models.

A line (GPT, Claude, Gemini) outlives its models, so it is what a stack depends on; its release
cycles are the dated models. A cycle is breaking where a new generation number appears.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from stack_half_life.domain.facts import Generation, Nature, ReleaseCycle, SupportState
from stack_half_life.domain.layers import Layer
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import Row, partial_date
from stack_half_life.evidence.build.names import key_of
from stack_half_life.evidence.build.version_tables import evidence_of, last_day

COLUMNS = [
    "provider",
    "model",
    "family",
    "release_date",
    "deprecation_announced",
    "shutdown_date",
    "recommended_successor",
    "source",
    "confidence",
    "note",
]

_OPEN = "(open weights)"
_FAMILY_NUMBER = re.compile(r"[-. ]?\d.*\Z")
_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_GENERATION = re.compile(r"(?<![a-z0-9.])[a-z]?(\d{1,2}(?:\.\d{1,2})?)(?![0-9])", re.IGNORECASE)
_ALIAS_TAIL = re.compile(
    r"([-@](\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|\d{2}-\d{4}|\d{2}-\d{2}|latest)|-completions|:\d+)+\Z"
)


def entries(rows: Sequence[Row], short_keys: Mapping[str, str]) -> list[Entry]:
    """One entry per provider and line, from the models that have at least one date.

    short_keys: provider → what its keys begin with, where its name is too long for one.
    """
    by_line: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["release_date"] or row["shutdown_date"] or row["deprecation_announced"]:
            by_line[row["provider"], line_of(row["family"], row["model"])].append(row)
    looked_until = last_day(rows, "release_date")
    return [
        _entry(provider, short_keys.get(provider), line, listed, looked_until)
        for (provider, line), listed in by_line.items()
    ]


def line_of(family: str, model: str) -> str:
    """The line of a model: its family without a generation number, else its own first word.

    `gpt-4o` → `gpt`, `gpt-3.5/instructgpt` → `gpt`, `` with `lyria-3-pro` → `lyria`.
    """
    bare = _FAMILY_NUMBER.sub("", family.split("/")[0])
    if not bare:
        word = _WORD.search(model)
        bare = word[0] if word else "models"
    return key_of(bare.removesuffix("-open"))


def generation_number(model: str) -> float | None:
    """The generation a model's name states: `claude-3-5-sonnet` → 3, `GPT-4.1` → 4.1.

    Dates and sizes (`2402`, `70b`) are no generations.
    """
    match = _GENERATION.search(re.sub(r"\d+(\.\d+)?[bkBKx]\b", "", model))
    return float(match[1]) if match else None


def _entry(
    provider: str, short_key: str | None, line: str, rows: Sequence[Row], looked_until: date
) -> Entry:
    is_open = provider.endswith(_OPEN)
    maker = provider.removesuffix(_OPEN).strip()
    cycles = _cycles(provider, _without_aliases(rows), is_open)
    return Entry(
        entry_id=f"hosted:{provider}/{line}",
        key=f"{short_key or key_of(maker)}-{line}" + ("-open" if is_open else ""),
        name=f"{maker} {line} models" + (" (open weights)" if is_open else ""),
        layer=Layer.MODEL,
        generation=Generation.AI,
        nature=Nature.OPEN_MODEL if is_open else Nature.HOSTED_MODEL,
        evidence=cycles[0].evidence.model_copy(update={"note": ""}),
        observed_until=looked_until,
        cycles=cycles,
    )


def _without_aliases(rows: Iterable[Row]) -> list[Row]:
    """Rows without the aliases that stand beside a dated model of the same name and dates."""
    kept: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        stem = _ALIAS_TAIL.sub("", row["model"].lower())
        if stem.startswith(("ft-", "ft:")):
            continue
        dates = (stem, row["release_date"], row["shutdown_date"])
        other = kept.get(dates)
        if other is None or (len(row["model"]), row["model"]) > (
            len(other["model"]),
            other["model"],
        ):
            kept[dates] = row
    return list(kept.values())


def _cycles(provider: str, rows: Iterable[Row], is_open: bool) -> tuple[ReleaseCycle, ...]:
    cycles: list[ReleaseCycle] = []
    newest: float | None = None
    named: set[str] = set()
    for row in sorted(rows, key=lambda row: (row["release_date"] or "9999", row["model"])):
        if row["model"] in named:
            continue
        named.add(row["model"])
        generation = generation_number(row["model"])
        breaking = None
        if generation is not None and row["release_date"]:
            breaking = newest is None or int(generation) > int(newest)
            newest = generation if newest is None else max(newest, generation)
        cycles.append(_cycle(provider, row, breaking, is_open))
    return tuple(cycles)


def _cycle(provider: str, row: Row, breaking: bool | None, is_open: bool) -> ReleaseCycle:
    where = f"hosted_models.csv, {provider} {row['model']}"
    ends_on = partial_date(row["shutdown_date"], where)
    listed = SupportState.UNKNOWN if is_open else SupportState.SUPPORTED
    return ReleaseCycle(
        cycle=row["model"],
        released_on=partial_date(row["release_date"], where),
        support_ends_on=ends_on,
        support=listed if ends_on is None else SupportState.DATED,
        is_breaking=breaking,
        deprecation_announced_on=partial_date(row["deprecation_announced"], where),
        successor=row["recommended_successor"],
        evidence=evidence_of(row),
    )
