"""Which parts of a bill of materials the product itself asks for."""

from collections.abc import Mapping, Set

from stack_half_life.evidence.stack_import.item import ImportedFile, ImportedItem


def told(
    file: str,
    form: str,
    parts: Mapping[str, ImportedItem],
    roots: Set[str],
    below: Mapping[str, Set[str]],
) -> ImportedFile:
    """The parts beside the described product, each marked direct or not, and how that is known.

    parts: by reference. roots: references of what is described. below: who needs whom.
    Direct is what a root needs; where no root says, what no other part needs; else everything.
    """
    direct = {end for root in roots for end in below.get(root, ())} & parts.keys() - roots
    is_told = bool(direct)
    others = {key: item for key, item in parts.items() if key not in roots} or dict(parts)
    if not is_told:
        needed = {end for start, ends in below.items() for end in ends if end != start}
        tops = others.keys() - needed
        direct = tops or set(others)
    items = tuple(
        item if key in direct else item.model_copy(update={"is_direct": False})
        for key, item in others.items()
    )
    note = ""
    if not items:
        note = f"{file}: lists no part"
    elif not is_told:
        taken = f"all {len(items)} are taken"
        if len(direct) < len(items):
            taken = f"the {len(direct)} of {len(items)} that no other part needs are taken as such"
        note = f"{file}: does not say which parts are direct: {taken}"
    return ImportedFile(file=file, form=form, items=items, notes=(note,) if note else ())
