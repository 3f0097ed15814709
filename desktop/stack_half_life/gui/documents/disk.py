"""What other programs did to the file of an open stack."""

from dataclasses import dataclass

from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.store.stack_files import read_stack
from stack_half_life.store.unsaved import UnsavedStack, fingerprint


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


def held_since(unsaved: UnsavedStack) -> Stack | None:
    """The stack to compare the file of recovered edits with from now on; None where unknown.

    Where the file holds another stack than when the edits were made, that is the recovered one:
    whatever else the file holds is then a change that nobody has been asked about.
    """
    if unsaved.path is None:
        return None
    try:
        found = read_stack(unsaved.path)
    except StackFileError:
        return None
    return found if unsaved.held in ("", fingerprint(found)) else unsaved.stack
