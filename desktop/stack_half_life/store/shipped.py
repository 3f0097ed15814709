"""What the program ships besides the fact tables: the fitted hyper-parameters."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.errors import CacheError
from stack_half_life.paths import DATA

HYPERPARAMETERS = DATA / "hyperparameters.toml"


@lru_cache(maxsize=1)
def shipped_hyperparameters() -> Hyperparameters:
    """The hyper-parameters that come with the program."""
    return read_hyperparameters(HYPERPARAMETERS)


def read_hyperparameters(path: Path) -> Hyperparameters:
    """Hyper-parameters from a TOML file.

    Raises:
        CacheError: where the file is missing, is not TOML or lacks a figure.
    """
    try:
        with path.open("rb") as file:
            return Hyperparameters.model_validate(tomllib.load(file))
    except OSError as error:
        raise CacheError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CacheError(f"{path}: not TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CacheError(f"{path}: {where}: {first['msg']}") from error
