"""The recipe that rebuilds `data/` from a folder of collected facts."""

from pathlib import Path

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.evidence.build.build import build
from stack_half_life.evidence.build.curation import read_curation
from stack_half_life.evidence.build.writing import write_data
from stack_half_life.paths import DATA

CURATION = "curation.toml"


def build_data(
    facts_folder: Path, data_folder: Path, on_progress: OnProgress = ignore_progress
) -> dict[str, int]:
    """Rebuild every table of a data folder; the number of rows by file name.

    The curation is the data folder's own, else the shipped one.
    """
    own = data_folder / CURATION
    curation = read_curation(own if own.is_file() else DATA / CURATION)
    return write_data(build(facts_folder, curation, on_progress), data_folder, on_progress)
