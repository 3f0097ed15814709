"""What endoflife.date knows of one product, whichever form it was read from."""

import re
from collections.abc import Mapping
from datetime import date

from pydantic import Field

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.fact_tables import ENDOFLIFE
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import shown

"""The key of the source; its data is under the MIT licence and is to be credited."""

_UNKNOWN = {"", "-", "?", "~", "na", "n/a", "none", "null", "unknown", "tbd", "tba"}
_TRUE = {"true", "yes", "on"}
_FALSE = {"false", "no", "off"}
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ].*)?)?)?\Z", re.ASCII)


class EndoflifeProduct(Frozen):
    """A product with its release cycles, oldest first, each cycle's name once.

    read_on: the day whose state of knowledge this is.
    repeated: names of cycles that were listed more than once; the first listed is kept.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9._+-]*$", max_length=120)
    title: str = Field(min_length=1, max_length=160)
    read_on: date
    category: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    purls: tuple[str, ...] = ()
    cycles: tuple[ReleaseCycle, ...] = ()
    repeated: tuple[str, ...] = ()


def date_or_flag(value: object, where: str) -> PartialDate | bool | None:
    """A date, a yes or no, or None where the text says it is unknown; nothing is invented.

    `2021-6-5` reads as 2021-06-05; a time of day is left out.

    Raises:
        EvidenceError: where the text is none of these.
    """
    if isinstance(value, bool | PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate(value.isoformat()[:10])
    text = "" if value is None else str(value).strip()
    word = text.casefold()
    if word in _UNKNOWN:
        return None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    match = _DATE.match(text)
    try:
        if match is None:
            raise ValueError
        return PartialDate("-".join(part.zfill(2) for part in match.groups() if part))
    except ValueError:
        raise EvidenceError(
            f"{where}: “{shown(text)}” is neither a date (YYYY-MM-DD, YYYY-MM or YYYY) "
            "nor true or false"
        ) from None


def date_or_nothing(value: object, where: str) -> PartialDate | None:
    """A date, or None where only a yes, a no or nothing is said."""
    read = date_or_flag(value, where)
    return read if isinstance(read, PartialDate) else None


def cycle_of(
    name: str,
    where: str,
    *,
    released: object,
    support_end: object,
    lts: object,
    further: Mapping[str, object],
    retrieved_on: date,
) -> ReleaseCycle:
    """A release cycle from its raw fields.

    support_end: a date, or whether support has ended where no date is given, or nothing.
    lts: whether the cycle has long-term support, or since when.
    further: other announced dates (active support, extended support …), kept as a note.
    """
    ends = date_or_flag(support_end, f"{where}, end of support")
    released_on = date_or_nothing(released, f"{where}, release date")
    notes = [
        f"{word} {day}"
        for word, value in further.items()
        if (day := date_or_nothing(value, f"{where}, {word}")) is not None
    ]
    if isinstance(ends, PartialDate) and released_on and ends.latest < released_on.earliest:
        notes.append(f"support is said to end {ends}, before the release: left out")
        ends = None
    return ReleaseCycle(
        cycle=name,
        released_on=released_on,
        support_ends_on=ends if isinstance(ends, PartialDate) else None,
        support=_support_state(ends),
        is_lts=date_or_flag(lts, f"{where}, LTS") not in (None, False),
        evidence=Evidence(
            source=ENDOFLIFE,
            retrieved_on=retrieved_on,
            confidence=Confidence.HIGH,
            note="; ".join(notes),
        ),
    )


def in_order(cycles: list[ReleaseCycle]) -> tuple[tuple[ReleaseCycle, ...], tuple[str, ...]]:
    """The cycles by release date, each name once, and the names that stood there repeatedly."""
    by_name: dict[str, ReleaseCycle] = {}
    repeated: list[str] = []
    for cycle in cycles:
        if cycle.cycle in by_name:
            repeated.append(cycle.cycle)
        else:
            by_name[cycle.cycle] = cycle
    undated = date.max
    ordered = sorted(
        by_name.values(),
        key=lambda cycle: cycle.released_on.midpoint if cycle.released_on else undated,
    )
    return tuple(ordered), tuple(repeated)


def _support_state(ends: PartialDate | bool | None) -> SupportState:
    if ends is None:
        return SupportState.UNKNOWN
    if ends is True:
        return SupportState.ENDED_DATE_UNKNOWN
    if ends is False:
        return SupportState.SUPPORTED
    return SupportState.DATED
