"""Commit times put into an order that time can have had."""

from bisect import insort
from collections.abc import Sequence
from itertools import pairwise

LATEST_SECONDS = 253_402_300_799
"""The end of the year 9999, the latest moment a date can name."""


def ordered_times(seconds: Sequence[int]) -> list[int]:
    """The never-falling times nearest to the reported ones, Σ |reported − ordered| being least.

    Clocks that were wrong for a while stand out from their neighbours and are overruled by them
    (isotonic regression to the median, by pooling adjacent violators). Times in the order of the
    history, oldest first; a negative one is unreadable and takes its neighbour's.

    seconds: since 1970; shape (commits,).
    """
    readable = _filled(seconds)
    if all(a <= b for a, b in pairwise(readable)):
        return readable
    blocks: list[list[int]] = []
    for time in readable:
        block = [time]
        while blocks and _median(blocks[-1]) > _median(block):
            block = _merged(blocks.pop(), block)
        blocks.append(block)
    return [_median(block) for block in blocks for _ in block]


def _filled(seconds: Sequence[int]) -> list[int]:
    known = next((time for time in seconds if time >= 0), 0)
    filled = []
    for time in seconds:
        if time >= 0:
            known = min(time, LATEST_SECONDS)
        filled.append(known)
    return filled


def _median(block: list[int]) -> int:
    return block[(len(block) - 1) // 2]


def _merged(a: list[int], b: list[int]) -> list[int]:
    larger, smaller = (a, b) if len(a) >= len(b) else (b, a)
    for time in smaller:
        insort(larger, time)
    return larger
