"""How well a text answers to a few letters typed."""

_WORD_START = 4.0
_NEXT_TO_LAST_HIT = 3.0
_HIT = 1.0
_LATE = 0.01


def likeness(typed: str, text: str) -> float | None:
    """How well a text answers; None where a typed word's letters do not stand in it in order.

    Letters at the beginnings of words and letters next to each other count for more.
    """
    folded = text.casefold()
    scores = [_word_likeness(word, folded) for word in typed.casefold().split()]
    found = [score for score in scores if score is not None]
    return sum(found) if len(found) == len(scores) else None


def _word_likeness(word: str, text: str) -> float | None:
    starts = [at for at, letter in enumerate(text) if letter == word[0]]
    scores = [score for start in starts if (score := _from(word, text, start)) is not None]
    return max(scores, default=None)


def _from(word: str, text: str, start: int) -> float | None:
    score, last = -_LATE * start, start - 2
    at = start
    for letter in word:
        at = text.find(letter, at)
        if at < 0:
            return None
        score += _HIT
        if at == last + 1:
            score += _NEXT_TO_LAST_HIT
        if at == 0 or not text[at - 1].isalnum():
            score += _WORD_START
        last, at = at, at + 1
    return score
