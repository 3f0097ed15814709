"""Release dates of Python packages, from the indexes the user's own pip looks at."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.cycles_from_releases import DatedVersion
from stack_half_life.evidence.http import (
    Patience,
    UnreachableError,
    as_evidence_error,
    open_session,
    shown,
)
from stack_half_life.evidence.releases.pip_settings import PipSettings

if TYPE_CHECKING:
    from pypi_simple import ProjectPage


def pypi_versions(
    name: str, settings: PipSettings, patience: Patience
) -> tuple[tuple[DatedVersion, ...], tuple[str, ...]]:
    """Stable versions that were not withdrawn, with the day of their first file, and notes.

    Every index is asked; a version in several is as old as its oldest file.

    Raises:
        UnreachableError: where no index could be reached.
        EvidenceError: where no index knows the package, or none says when files were uploaded.
    """
    if settings.is_index_off:
        raise EvidenceError(f"{name}: pip is set to use no index (no-index): nothing was asked")
    from pypi_simple import PYPI_SIMPLE_ENDPOINT, NoSuchProjectError

    uploaded: dict[str, date] = {}
    problems: list[EvidenceError] = []
    undated: list[str] = []
    is_known = False
    indexes = [settings.index_url or PYPI_SIMPLE_ENDPOINT, *settings.extra_index_urls]
    for index in dict.fromkeys(indexes):
        try:
            page = _page(name, index, settings, patience)
        except NoSuchProjectError:
            continue
        except EvidenceError as error:
            problems.append(error)
            continue
        found = _uploads(page)
        is_known = True
        if page.packages and not any(package.upload_time for package in page.packages):
            undated.append(shown(index))
        for version, day in found.items():
            uploaded[version] = min(day, uploaded.get(version, day))
    if not uploaded:
        if problems:
            raise problems[0]
        if undated:
            raise EvidenceError(
                f"{name}: {undated[0]} lists its files without upload dates "
                "(it has no JSON pages): nothing was taken"
            )
        if not is_known:
            raise EvidenceError(f"{name}: no package index in use knows this package")
    dated = tuple(DatedVersion(version, day) for version, day in uploaded.items())
    return dated, tuple(str(problem) for problem in problems)


def _page(name: str, index: str, settings: PipSettings, patience: Patience) -> "ProjectPage":
    import pypi_simple
    import requests

    session = open_session(patience, index)
    session.verify = settings.certificates or True
    session.cert = settings.client_certificate or None
    if settings.proxy:
        session.proxies = {"http": settings.proxy, "https": settings.proxy}
    address = urlsplit(index)
    if settings.trusted_hosts & {address.hostname, address.netloc.rpartition("@")[2]}:
        session.verify = False
    with pypi_simple.PyPISimple(index, session=session) as client:
        try:
            return client.get_project_page(name)
        except pypi_simple.NoSuchProjectError:
            raise
        except (requests.JSONDecodeError, pypi_simple.UnsupportedContentTypeError) as error:
            raise _no_index_page(index, error) from None
        except requests.RequestException as error:
            raise as_evidence_error(error, index) from None
        except OSError as error:
            raise UnreachableError(f"{shown(index)}: cannot be read ({error.strerror})") from None
        except ValueError as error:
            raise _no_index_page(index, error) from None


def _no_index_page(index: str, error: Exception) -> EvidenceError:
    words = " ".join(str(error).split())[:120]
    return EvidenceError(f"{shown(index)}: answers with no index page ({words})")


def _uploads(page: Any) -> dict[str, date]:
    from packaging.version import InvalidVersion, Version

    first: dict[str, date] = {}
    for package in page.packages:
        if package.version is None or package.upload_time is None or package.is_yanked:
            continue
        try:
            version = Version(package.version)
        except InvalidVersion:
            continue
        if version.is_prerelease or version.epoch or version.local:
            continue
        day = package.upload_time.date()
        text = version.base_version
        first[text] = min(day, first.get(text, day))
    return first
