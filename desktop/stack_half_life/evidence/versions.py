"""Version texts as release projects write them."""

import re

_STABLE = re.compile(
    r"(?:v|release[-_/ ]?)?(\d+(?:[._]\d+)*)(?:[-.]?(?:post|release|final|ga)\.?\d*)?\Z",
    re.ASCII | re.IGNORECASE,
)


def parse_version(text: str) -> tuple[int, ...] | None:
    """The numbers of a stable version, None for pre-releases, nightlies and other words.

    `v1.2.3` and `1_2_3` read as (1, 2, 3); `1.2rc1`, `2024-nightly` and `dev` read as None.
    """
    match = _STABLE.match(text.strip())
    if match is None:
        return None
    parts = re.split(r"[._]", match[1])
    if len(parts) > 6 or any(len(part) > 9 for part in parts):
        return None
    return tuple(int(part) for part in parts)
