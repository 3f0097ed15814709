"""The one undo command: a stack in place of another."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from stack_half_life.domain.stack import Stack

_MERGEABLE = 1


class ReplaceStack(QUndoCommand):
    """Puts the new stack in place of the old one; edits under one merge key become one step."""

    def __init__(
        self,
        put: Callable[[Stack], None],
        old: Stack,
        new: Stack,
        text: str,
        merge_key: str | None = None,
    ) -> None:
        super().__init__(text)
        self._put = put
        self._old = old
        self._new = new
        self._merge_key = merge_key

    def id(self) -> int:
        """Commands of one id are offered to each other for merging."""
        return -1 if self._merge_key is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later edit of the same drag or field into this step."""
        if not isinstance(other, ReplaceStack) or other._merge_key != self._merge_key:
            return False
        self._new = other._new
        self.setText(other.text())
        self.setObsolete(self._new == self._old)
        other._let_go(self._old)
        return True

    def _let_go(self, stack: Stack) -> None:
        """Hold on to nothing of its own: PySide6 never frees a command that Qt merged."""
        self._put = _nowhere
        self._old = self._new = stack

    def redo(self) -> None:
        """Put the new stack in place."""
        self._put(self._new)

    def undo(self) -> None:
        """Put the old stack back."""
        self._put(self._old)


def _nowhere(_stack: Stack) -> None:
    """Where a merged command would put a stack."""
