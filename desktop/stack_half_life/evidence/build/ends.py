"""Technologies that ended → entries, except models, which are cycles of a living line."""

from collections.abc import Collection, Sequence

from stack_half_life.domain.facts import (
    Generation,
    Nature,
    TechnologyEnd,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import Row, partial_date
from stack_half_life.evidence.build.names import key_of
from stack_half_life.evidence.build.version_tables import evidence_of
from stack_half_life.evidence.classification import layer_of_word

COLUMNS = [
    "technology",
    "layer",
    "born",
    "died",
    "kind_of_end",
    "successor",
    "source",
    "confidence",
    "stack",
    "note",
]


def entries(rows: Sequence[Row], models: Collection[str]) -> list[Entry]:
    """One entry per ended technology; `models` are the names of models told of elsewhere."""
    known = {model.casefold() for model in models}
    return [
        _entry(row) for row in rows if row["technology"].partition(" ")[2].casefold() not in known
    ]


def _entry(row: Row) -> Entry:
    name = row["technology"]
    where = f"technology_ends.csv, {name}"
    ended_on = partial_date(row["died"], where)
    if ended_on is None:
        raise EvidenceError(f"{where}: column died is blank")
    layer = layer_of_word(row["layer"])
    evidence = evidence_of(row, row["note"] if row["note"].startswith("born") else "")
    nature = Nature.HOSTED_SERVICE if layer is Layer.CLOUD_SERVICE else Nature.SOFTWARE
    return Entry(
        entry_id=f"end:{name}",
        key=key_of(name),
        name=name,
        layer=layer,
        generation=Generation.AI if row["stack"] == "AI" else Generation.CLASSICAL,
        nature=nature,
        evidence=evidence,
        end=TechnologyEnd(
            kind_of_end=row["kind_of_end"],
            born_on=partial_date(row["born"], where),
            ended_on=ended_on,
            successor=row["successor"],
            evidence=evidence,
        ),
    )
