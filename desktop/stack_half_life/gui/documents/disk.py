"""What other programs did to the file of an open stack."""

from dataclasses import dataclass

from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.store.stack_files import read_stack


@dataclass(frozen=True, slots=True)
class DiskChange:
    """What a document's file holds now: another stack, or nothing that can be read."""

    stack: Stack | None
    problem: str


def disk_change(document: StackDocument) -> DiskChange | None:
    """What another program left in a document's file since it was last read or written.

    A file that is gone is no change: nothing of anybody's is lost by writing it again.
    """
    path, saved = document.path, document.saved_stack
    if path is None or saved is None or not path.exists():
        return None
    try:
        found = read_stack(path)
    except StackFileError as problem:
        return DiskChange(None, str(problem))
    return None if found == saved else DiskChange(found, "")
