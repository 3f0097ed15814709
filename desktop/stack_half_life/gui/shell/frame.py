"""What the parts of a window share: the session, the open stacks, and where to say things."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QTabBar

from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.shell.files import Files
from stack_half_life.gui.shell.notice import NoticeBar
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.status import Status
from stack_half_life.gui.shell.workspace import Workspace


class Frame(QMainWindow):
    """The base of the main window; its parts know this and ask for the rest by signal."""

    turn_wanted = Signal()
    """Another view was chosen."""
    stack_made = Signal(object)
    """A stack that came from elsewhere than a stack file, to be shown as a new one."""
    copy_wanted = Signal()
    """A copy of the stack in front, to be compared with it."""
    open_wanted = Signal()
    """A stack file, of the person's choice."""
    example_wanted = Signal(Path)
    """An example, to be compared with."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.files = Files(self, session.settings)
        self.workspaces: list[Workspace] = []
        self.tabs = QTabBar()
        self.notice = NoticeBar()
        self.status = Status()

    @property
    def workspace(self) -> Workspace | None:
        """The views of the document in front."""
        at = self.tabs.currentIndex()
        return self.workspaces[at] if 0 <= at < len(self.workspaces) else None

    @property
    def document(self) -> StackDocument | None:
        """The document in front."""
        return self.workspace.document if self.workspace else None
