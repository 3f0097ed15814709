"""Reader of endoflife.date: its product files and its API's JSON, from a file or a folder."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import read_bytes
from stack_half_life.evidence.endoflife.api import read_api
from stack_half_life.evidence.endoflife.product import EndoflifeProduct
from stack_half_life.evidence.endoflife.product_file import read_product_file

__all__ = ["EndoflifeProduct", "EndoflifeReading", "read_endoflife"]

_NOT_PRODUCTS = {"readme.md", "index.md", "contributing.md", "hacking.md", "changelog_api.md"}


class EndoflifeReading(Frozen):
    """The products that were read, and one line for each file that could not be."""

    products: tuple[EndoflifeProduct, ...]
    problems: tuple[str, ...] = ()


def read_endoflife(
    path: Path, *, retrieved_on: date, on_progress: OnProgress = ignore_progress
) -> EndoflifeReading:
    """Read a product file (.md), an answer of the API (.json), or a folder of either.

    In a folder (or in its `products` folder, as in a checkout of endoflife.date) a file that
    cannot be read costs only itself.

    Raises:
        EvidenceError: where a single file cannot be read, or a folder holds no product at all.
    """
    if not path.is_dir():
        return EndoflifeReading(products=tuple(_read(path, retrieved_on)))
    files = _files(path)
    products: dict[str, EndoflifeProduct] = {}
    problems: list[str] = []
    for number, file in enumerate(files):
        on_progress(number / len(files), f"reading {file.name}")
        try:
            for product in _read(file, retrieved_on):
                if product.key in products:
                    problems.append(f"{file}: “{product.key}” was already read: left out")
                else:
                    products[product.key] = product
        except EvidenceError as error:
            problems.append(str(error))
    if not products:
        first = f" ({problems[0]})" if problems else ""
        raise EvidenceError(f"{path}: holds no product file of endoflife.date{first}")
    return EndoflifeReading(products=tuple(products.values()), problems=tuple(problems))


def _files(folder: Path) -> list[Path]:
    try:
        inner = folder / "products"
        listed = sorted((inner if inner.is_dir() else folder).iterdir())
    except OSError as error:
        raise EvidenceError(f"{folder}: cannot be read ({error.strerror})") from None
    return [
        file
        for file in listed
        if file.suffix in {".md", ".json"} and file.name.casefold() not in _NOT_PRODUCTS
    ]


def _read(file: Path, retrieved_on: date) -> Iterator[EndoflifeProduct]:
    content = read_bytes(file)
    if file.suffix.casefold() == ".json" or content.lstrip()[:1] in (b"{", b"["):
        yield from read_api(str(file), content, retrieved_on=retrieved_on)
    else:
        yield read_product_file(str(file), content, retrieved_on=retrieved_on)
