"""The hand-made part of `data/`: which entries are one technology, and where each belongs."""

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.facts import Generation, Nature
from stack_half_life.domain.layers import Layer
from stack_half_life.errors import EvidenceError


class Curation(Frozen):
    """Hand-made decisions, each by technology key; all else is decided by rules.

    same: entries that are one technology; the first listed that has release cycles gives them.
    cycles_of: a technology whose cycles are also those of another's entry.
    layers, generations, natures: word → the keys it applies to.
    names, aliases, purls, keywords: key → texts; keywords are found by search and match nothing.
    providers: a model provider's name → the short key its lines begin with.
    left_out: entries that are no technology of their own.
    """

    same: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cycles_of: dict[str, str] = Field(default_factory=dict)
    layers: dict[Layer, tuple[str, ...]] = Field(default_factory=dict)
    generations: dict[Generation, tuple[str, ...]] = Field(default_factory=dict)
    natures: dict[Nature, tuple[str, ...]] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    purls: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    providers: dict[str, str] = Field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def layer_of(self, key: str) -> Layer | None:
        """The layer given by hand, if any."""
        return next((layer for layer, keys in self.layers.items() if key in keys), None)

    def generation_of(self, key: str) -> Generation | None:
        """The generation given by hand, if any."""
        return next((word for word, keys in self.generations.items() if key in keys), None)

    def nature_of(self, key: str) -> Nature | None:
        """The nature given by hand, if any."""
        return next((word for word, keys in self.natures.items() if key in keys), None)


def read_curation(path: Path) -> Curation:
    """The curation file.

    Raises:
        EvidenceError: where it is missing, no TOML, or has unknown tables or words.
    """
    try:
        curation = Curation.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise EvidenceError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise EvidenceError(f"{path}: cannot be read as TOML ({problem})") from None
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise EvidenceError(f"{path}: {place}: {first['msg']}") from None
    claimed: dict[str, str] = {}
    for key, entry_ids in curation.same.items():
        for entry_id in entry_ids:
            if claimed.setdefault(entry_id, key) != key:
                raise EvidenceError(
                    f"{path}: same.{key}: {entry_id} already belongs to {claimed[entry_id]}"
                )
    return curation
