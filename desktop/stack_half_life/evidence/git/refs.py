"""What HEAD and the tags of a repository point to, read from its files as data."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.git.layout import RepositoryLayout, is_regular, read_small

MAX_LINK_DEPTH = 5
MAX_PACKED_BYTES = 256 * 2**20
MAX_TAGS = 200_000

_TAGS = "refs/tags/"
_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_REF_NAME = re.compile(r"refs/[^\x00-\x20~^:?*\[\\\x7f]+\Z")


class TagRef(NamedTuple):
    """A tag: its name without `refs/tags/`, and the object it points to (perhaps a tag object)."""

    name: str
    object_id: str


def head_commit(layout: RepositoryLayout) -> str:
    """The object id that HEAD stands for, through symbolic references.

    Raises:
        EvidenceError: where there is no commit yet, or the references cannot be understood.
    """
    _refuse_reftable(layout)
    head = layout.git_folder / "HEAD"
    name = "HEAD"
    text = str(head.readlink()) if head.is_symlink() else read_small(head)
    if head.is_symlink():
        text = f"ref: {text}"
    for _ in range(MAX_LINK_DEPTH):
        text = text.strip()
        if not text.startswith("ref:"):
            break
        name = text.removeprefix("ref:").strip()
        if not is_safe_ref(name):
            raise EvidenceError(
                f"{layout.path}: HEAD points to “{_shown(name)}”, which is no branch"
            )
        text = _loose(layout, name) or dict(_packed(layout, name)).get(name, "")
    if _OBJECT_ID.match(text):
        return text
    if text:
        raise EvidenceError(f"{layout.path}: {_shown(name)} holds no commit (“{_shown(text)}”)")
    branch = _shown(name.removeprefix("refs/heads/"))
    raise EvidenceError(f"{layout.path}: has no commits on {branch}")


def tag_refs(layout: RepositoryLayout) -> tuple[TagRef, ...]:
    """All tags, by name; a loose one hides the packed one of the same name."""
    found = {name: object_id for name, object_id in _packed(layout, _TAGS) if is_safe_ref(name)}
    for name in _loose_tags(layout.common_folder / "refs" / "tags", "refs/tags"):
        text = (_loose(layout, name) or "").strip()
        if _OBJECT_ID.match(text):
            found[name] = text
        if len(found) > MAX_TAGS:
            break
    if len(found) > MAX_TAGS:
        raise EvidenceError(f"{layout.path}: has more than {MAX_TAGS:,} tags")
    return tuple(TagRef(_shown(name.removeprefix(_TAGS)), found[name]) for name in sorted(found))


def shallow_commits(layout: RepositoryLayout) -> tuple[str, ...]:
    """The commits below which a shallow clone has nothing; empty for a whole one."""
    path = layout.common_folder / "shallow"
    if not is_regular(path):
        return ()
    lines = read_small(path, MAX_PACKED_BYTES).split()
    for line in lines:
        if not _OBJECT_ID.match(line):
            raise EvidenceError(f"{path}: “{_shown(line)}” is no commit id")
    return tuple(sorted(lines))


def is_safe_ref(name: str) -> bool:
    """Whether a reference's name stays within the references folder."""
    parts = name.split("/")
    return bool(_REF_NAME.match(name)) and not any(part in {"", ".", ".."} for part in parts)


def _shown(text: str) -> str:
    """A text of the repository's, fit to print: no control characters, no broken bytes."""
    if text.isascii() and text.isprintable():
        return text[:200]
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in readable if c.isprintable())[:200]


def _loose(layout: RepositoryLayout, name: str) -> str | None:
    for folder in (layout.git_folder, layout.common_folder):
        path = folder / name
        if is_regular(path):
            return read_small(path)
    return None


def _packed(layout: RepositoryLayout, beginning: str) -> Iterator[tuple[str, str]]:
    """Name and object id of the packed references whose name begins so."""
    path = layout.common_folder / "packed-refs"
    if not is_regular(path):
        return
    text = read_small(path, MAX_PACKED_BYTES)
    for match in re.finditer(rf" ({re.escape(beginning)}.*)", text):
        object_id = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _OBJECT_ID.match(object_id):
            yield match[1], object_id


def _loose_tags(folder: Path, prefix: str, depth: int = 0) -> Iterator[str]:
    if depth > 20 or folder.is_symlink():
        return
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        name = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _loose_tags(folder / entry.name, name, depth + 1)
        elif entry.is_file(follow_symlinks=False) and is_safe_ref(name):
            yield name


def _refuse_reftable(layout: RepositoryLayout) -> None:
    if (layout.common_folder / "reftable").is_dir():
        raise EvidenceError(
            f"{layout.path}: keeps its references as a reftable, which is not read; "
            "`git refs migrate --ref-format=files` in it mends that"
        )
