"""Reader of release histories, by package URL, through the user's own package clients."""

from datetime import date

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.http import Patience
from stack_half_life.evidence.releases.history import ReleaseHistory, history_of
from stack_half_life.evidence.releases.npm import npm_versions
from stack_half_life.evidence.releases.pip_settings import PipSettings, read_pip_settings
from stack_half_life.evidence.releases.pypi import pypi_versions

__all__ = [
    "READABLE_TYPES",
    "Patience",
    "PipSettings",
    "ReleaseHistory",
    "history_of",
    "read_pip_settings",
    "read_releases",
]

READABLE_TYPES = ("pypi", "npm")
"""Types of package URLs whose release dates can be asked for."""

PYPI_SOURCE = "python-package-index"
NPM_SOURCE = "npm-registry"


def read_releases(
    purl: str,
    *,
    retrieved_on: date,
    pip_settings: PipSettings | None = None,
    patience: Patience | None = None,
) -> ReleaseHistory:
    """The release history of the package that a package URL names.

    Raises:
        UnreachableError: where the index cannot be reached or does not answer in time.
        EvidenceError: one line on what is wrong otherwise.
    """
    from packageurl import PackageURL

    patience = patience or Patience()
    try:
        read = PackageURL.from_string(purl)
    except ValueError:
        raise EvidenceError(
            f"“{purl[:80]}” is no package URL: pkg:pypi/NAME or pkg:npm/NAME is needed"
        ) from None
    name = f"{read.namespace}/{read.name}" if read.namespace else read.name
    bare = PackageURL(read.type, read.namespace, read.name).to_string()
    if read.type == "pypi":
        settings = read_pip_settings() if pip_settings is None else pip_settings
        dated, notes = pypi_versions(name, settings, patience)
        source = PYPI_SOURCE
    elif read.type == "npm":
        dated, notes, source = npm_versions(name, patience), (), NPM_SOURCE
    else:
        raise EvidenceError(
            f"{bare}: release dates can be asked for pkg:pypi/… and pkg:npm/… "
            "(for a repository: evidence add-repository PATH)"
        )
    return history_of(bare, dated, source=source, retrieved_on=retrieved_on, notes=notes)
