"""Something a file says a stack is made of, before it is known which technology it is."""

from enum import StrEnum

from stack_half_life.domain.base import Frozen


class Precision(StrEnum):
    """How far a version is settled: the one in use, the lowest of a range, or any from there on."""

    EXACT = "exact"
    RANGE = "range"
    OPEN = "open"


class ImportedItem(Frozen):
    """A package, image, service or model named in a manifest or a bill of materials.

    purl: package URL without version and qualifiers; empty where the file gives none.
    version: empty where the file gives none.
    kind: the file's own word for what it is (`library`, `operating-system`, `docker` …).
    is_direct: whether the product itself asks for it, as far as the file tells.
    is_needed: False for what only those who work on the product need.
    """

    name: str
    version: str = ""
    precision: Precision = Precision.EXACT
    requirement: str = ""
    purl: str = ""
    kind: str = ""
    is_direct: bool = True
    is_needed: bool = True
    file: str


class ImportedFile(Frozen):
    """What one file names; `notes` are plain sentences on how far it can be relied on.

    built: names of the images that the file has built, which are none of its items.
    """

    file: str
    form: str
    items: tuple[ImportedItem, ...]
    built: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def checked_purl(purl: str) -> str:
    """A package URL without version, qualifiers and subpath; empty where it is none."""
    from packageurl import PackageURL

    try:
        read = PackageURL.from_string(purl)
    except ValueError:
        return ""
    return PackageURL(read.type, read.namespace, read.name).to_string()


def purl_version(purl: str) -> str:
    """The version a package URL names; empty where it names none or is none."""
    from packageurl import PackageURL

    try:
        return PackageURL.from_string(purl).version or ""
    except ValueError:
        return ""
