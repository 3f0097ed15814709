"""Names as the cache compares them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """A name without case, accents and outer blanks; inner blanks as one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The words of a query, in the way the full-text index cuts them; signs carry nothing."""
    return _WORD.findall(folded(text))
