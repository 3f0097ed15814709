"""The recipe that turns manifests and bills of materials into a stack proposal."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.cycle_choice import assumed_cycle
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.layers import AI_LAYERS
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.stack import MAX_COMPONENTS, Component, ProductKind, Stack
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.stack_import import (
    ImportedFile,
    ImportedItem,
    Precision,
    project_folders,
    read_items,
)
from stack_half_life.services.layer_guesses import guessed_layer
from stack_half_life.services.matching import cycle_of_version, technology_of
from stack_half_life.services.own_images import own_images, own_images_said, without_images
from stack_half_life.store.cache import ProfileCache

_REASONS = 3
"""How many notes of each file at most say why nothing was found to propose."""


class ProposedComponent(Frozen):
    """A component of the proposal and what it was made of.

    is_matched: False where no technology of the cache is known to be this; its layer is a guess.
    version: as the files name it, empty where that is no more than a word (`alpine`);
        `component.cycle` is None where it is in no known cycle, and the component's note keeps
        what the file said.
    cycles: all known of the technology.
    """

    component: Component
    is_matched: bool
    items: tuple[str, ...]
    version: str = ""
    cycles: tuple[ReleaseCycle, ...] = ()

    @property
    def is_version_unknown(self) -> bool:
        """Whether a version is named that is in no known release cycle."""
        return self.is_matched and bool(self.version) and self.component.cycle is None

    def assumed_cycle(self, as_of: date) -> str:
        """The cycle a forecast takes where the component has none; empty where none is known."""
        taken = assumed_cycle(self.cycles, self.component.policy, as_of)
        return taken.cycle if taken else ""


class StackProposal(Frozen):
    """A stack made from files, for a person to look over.

    indirect, helpful: parts left out since others need them, or only those who work on it.
    notes: plain sentences on what could not be told from the files.
    """

    stack: Stack
    components: tuple[ProposedComponent, ...]
    indirect: int = 0
    helpful: int = 0
    notes: tuple[str, ...] = ()

    @property
    def unmatched(self) -> tuple[ProposedComponent, ...]:
        """Components whose layer a person has to choose."""
        return tuple(one for one in self.components if not one.is_matched)


def propose_stack(
    files: Sequence[Path],
    cache: ProfileCache,
    *,
    name: str = "",
    take_all: bool = False,
    matched_only: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> StackProposal:
    """A stack of what the files name: direct dependencies that the product needs, merged.

    take_all: indirect and development dependencies too. matched_only: without what no
    technology of the cache is known to be.

    Raises:
        EvidenceError: where a file cannot be read, or nothing is left to propose.
    """
    notes: list[str] = []
    whys: list[str] = []
    read: list[ImportedFile] = []
    for number, file in enumerate(files):
        on_progress(0.5 * number / len(files), f"reading {file.name}")
        imported = read_items(file)
        notes += imported.notes
        whys += [_within(note, imported.file, files) for note in imported.notes[:_REASONS]]
        read.append(imported)
    own = own_images(read, files, cache)
    notes += own_images_said(own)
    whys += own_images_said(own)
    items = without_images([item for one in read for item in one.items], own)
    taken = [item for item in items if take_all or (item.is_direct and item.is_needed)]
    components = _components(taken, cache, on_progress)
    if matched_only:
        components = [one for one in components if one.is_matched]
    if not components:
        found = f"{len(items)} dependencies, none of them direct and needed" if items else "nothing"
        known = " that the cache knows" if matched_only else ""
        why = f" ({'; '.join(whys)})" if whys else ""
        raise EvidenceError(f"{', '.join(map(str, files))}: {found}{known} to make a stack of{why}")
    if len(components) > MAX_COMPONENTS:
        notes.append(
            f"{len(components)} components are over the {MAX_COMPONENTS} a stack may have: "
            "the last unmatched ones are left out"
        )
        components = components[:MAX_COMPONENTS]
    components.sort(key=lambda one: (one.component.layer.depth, one.component.name.casefold()))
    return StackProposal(
        stack=Stack(
            name=_one_line(name)[:120] or _name_from(files),
            kind=_kind(components),
            components=tuple(one.component for one in components),
            note="Imported from "
            + ", ".join(dict.fromkeys(_one_line(file.name) for file in files))[:4000],
        ),
        components=tuple(components),
        indirect=0 if take_all else sum(not item.is_direct for item in items),
        helpful=0 if take_all else sum(i.is_direct and not i.is_needed for i in items),
        notes=tuple(notes),
    )


def _within(note: str, file: str, files: Sequence[Path]) -> str:
    """A note on a file, without its name where there is no other file."""
    return note.removeprefix(f"{file}: ").removeprefix(f"{file}, ") if len(files) == 1 else note


def _components(
    items: Sequence[ImportedItem], cache: ProfileCache, on_progress: OnProgress
) -> list[ProposedComponent]:
    """Matched components first, each technology once; then the unmatched, each name once."""
    matched: dict[str, list[ImportedItem]] = {}
    unmatched: dict[str, list[ImportedItem]] = {}
    for number, item in enumerate(items):
        if number % 50 == 0:
            on_progress(0.5 + 0.5 * number / len(items), f"looking up {item.name[:60]}")
        key = technology_of(item, cache)
        if key is None:
            unmatched.setdefault(item.purl or item.name.casefold(), []).append(item)
        else:
            matched.setdefault(key, []).append(item)
    names: set[str] = set()
    found = [_matched(key, same, cache, names) for key, same in matched.items()]
    found += [_unmatched(same, cache, names) for same in unmatched.values()]
    return found


def _matched(
    key: str, items: Sequence[ImportedItem], cache: ProfileCache, names: set[str]
) -> ProposedComponent:
    profile = cache.profile(key)
    settled = next(
        (item for item in items if item.version and item.precision is not Precision.OPEN), None
    )
    version = settled.version if settled else ""
    cycle = cycle_of_version(version, profile.cycles)
    if cycle is None and not any(sign.isdigit() for sign in version):
        version = ""
    component = Component(
        name=_unique(profile.technology.name, names),
        profile=key,
        layer=profile.layer,
        cycle=cycle,
        note=_origin(items),
    )
    return ProposedComponent(
        component=component,
        is_matched=True,
        items=tuple(item.name for item in items),
        version=version,
        cycles=profile.cycles,
    )


def _unmatched(
    items: Sequence[ImportedItem], cache: ProfileCache, names: set[str]
) -> ProposedComponent:
    item = items[0]
    name = _unique(item.name, names)
    component = Component(
        name=name,
        profile=(item.purl or name)[:120],
        layer=guessed_layer(item, cache),
        note=f"No technology of the cache: the layer is a guess. {_origin(items)}",
    )
    return ProposedComponent(
        component=component,
        is_matched=False,
        items=tuple(dict.fromkeys(one.name for one in items)),
        version="" if item.precision is Precision.OPEN else item.version,
    )


def _origin(items: Sequence[ImportedItem]) -> str:
    said = (
        _one_line(f"{PurePath(item.file).name}: {item.name} {item.requirement or item.version}")
        for item in items
    )
    return "; ".join(dict.fromkeys(said))[:1500]


def _unique(name: str, names: set[str]) -> str:
    """The name, with a number where another component has it already."""
    base = _one_line(name)[:110] or "unnamed"
    unique, number = base, 2
    while unique.casefold() in names:
        unique, number = f"{base} ({number})", number + 1
    names.add(unique.casefold())
    return unique


def _kind(components: Sequence[ProposedComponent]) -> ProductKind:
    layers = {one.component.layer for one in components if one.is_matched}
    return ProductKind.AI if layers & AI_LAYERS else ProductKind.UNKNOWN


def _name_from(files: Sequence[Path]) -> str:
    """That of the files' folder, or of the repository or folder that holds several."""
    folders = (_one_line(folder.name) for folder in project_folders(files))
    names = (*folders, _one_line(files[0].stem), "Imported stack")
    return next(name for name in names if name)[:120]


def _one_line(text: str) -> str:
    """A text of the files', or one of their names, without what cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
