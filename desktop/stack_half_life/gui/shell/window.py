"""The main window: open stacks as tabs, the first screen, menus and status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain import edits
from stack_half_life.domain.stack import Stack
from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.autosave import LeftOver
from stack_half_life.gui.documents.disk import held_since
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.panels.tips import plain_tip
from stack_half_life.gui.shell.exporting import Exporting
from stack_half_life.gui.shell.frame import Frame
from stack_half_life.gui.shell.importing import Importing
from stack_half_life.gui.shell.menus import Menus
from stack_half_life.gui.shell.recovery import RecoveryBar
from stack_half_life.gui.shell.refining import Refining
from stack_half_life.gui.shell.reloading import Reloading
from stack_half_life.gui.shell.reopening import Reopening
from stack_half_life.gui.shell.searching import Searching
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.start import StartPage
from stack_half_life.gui.shell.views import View, Views
from stack_half_life.gui.shell.workspace import Workspace
from stack_half_life.store.stack_files import read_stack

_CASCADE = QPoint(36, 36)
_WANTED = QSize(1440, 900)
_FRAME = QMargins(0, 32, 0, 0)
"""What a title bar may take of the screen."""


class Window(Frame):
    """Holds documents in tabs; without any it shows the first screen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.exporting = Exporting(self, session)
        self.importing = Importing(self, session)
        self.searching = Searching(self)
        self.refining = Refining(self)
        self.turn_wanted.connect(self.turn)
        self.stack_made.connect(self.show_stack)
        self.copy_wanted.connect(self.duplicate_stack)
        self.open_wanted.connect(self.open_files)
        self.example_wanted.connect(self.open_template)
        self.setWindowTitle("Stack Half-Life")
        self.setAcceptDrops(True)
        self.recovery = RecoveryBar()
        self.reloading = Reloading(self)
        self.start = StartPage()
        self.pages = QStackedWidget()
        self.views = Views(self, session)
        self.reopening = Reopening(self)
        self.menus = Menus(self)
        self._build()
        session.windows.append(self)
        session.noticed.connect(self.notice.say)
        self.turn()
        room = self.screen().availableSize()
        self.resize(_WANTED.boundedTo(room.shrunkBy(_FRAME)))
        geometry = session.settings.layout("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    @property
    def windows(self) -> list[Window]:
        """All windows of the session, this one too, in the order they were opened."""
        return [each for each in self.session.windows if isinstance(each, Window)]

    def new_window(self) -> None:
        """Open another window of the same session, a little below this one."""
        other = Window(self.session)
        place = self.pos() + _CASCADE
        corner = self.screen().availableGeometry().bottomRight()
        room = QRect(place + QPoint(0, _FRAME.top()), corner).size()
        other.resize(self.size().boundedTo(room))
        other.move(place)
        other.show()

    def close_all(self) -> None:
        """Close every window, until the person wants to keep one."""
        self.session.is_ending = True
        for each in self.windows:
            if not each.close():
                return

    def bring_forward(self, at: int) -> None:
        """Show an open document, and the window it is in."""
        self.tabs.setCurrentIndex(at)
        if not self.isActiveWindow():
            self.activateWindow()

    def new_stack(self) -> None:
        """Begin with an empty stack."""
        self.show_stack(Stack())
        self.searching.add_component()

    def open_files(self) -> None:
        """Ask for stack files and open them."""
        for path in self.files.ask_open():
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a stack file, or make a stack of another kind of file, or say why not."""
        if path.suffix.lower() != ".toml" or path.name == "pyproject.toml":
            self.importing.propose([path])
            return
        for window in self.windows:
            for at, workspace in enumerate(window.workspaces):
                if workspace.document.path == path.absolute():
                    window.bring_forward(at)
                    return
        try:
            stack = self.files.read(path)
        except StackFileError as problem:
            self.notice.say(f"Not opened: {problem}")
            return
        self.show_stack(stack, path)

    def show_stack(self, stack: Stack, path: Path | None = None) -> None:
        """Show a stack read from a file, or a new one."""
        where = path.absolute() if path is not None else None
        self.show_document(StackDocument(stack, where, parent=self))

    def open_template(self, path: Path) -> None:
        """Open an example as a new stack, so that saving never changes the example."""
        try:
            stack = read_stack(path)
        except StackFileError as problem:
            self.notice.say(f"Not opened: {problem}")
            return
        self.show_stack(stack)

    def duplicate_stack(self) -> None:
        """Open a copy of the stack in front, to change it and compare the two."""
        document = self.document
        if document is not None:
            self.views.show(View.FORECAST)
            self.show_stack(edits.changed(document.stack, name=f"{document.title[:110]} – variant"))
            self.status.showMessage(
                "Change the copy; Compare (Ctrl+3) shows what it makes.", 10_000
            )

    def show_document(self, document: StackDocument) -> None:
        """Put a document in a tab of its own, in front; what is being compared goes on being."""
        self.show_documents([document], document)
        is_comparing = self.views.current is View.COMPARE and document.stack.components
        if self.views.current not in (View.FORECAST, View.LAYERS) and not is_comparing:
            self.views.show(View.FORECAST)
        if self.workspace is not None:
            self.workspace.compose.list.setFocus()

    def show_documents(
        self, documents: Sequence[StackDocument], front: StackDocument | None
    ) -> None:
        """Put documents in tabs; those behind the one in front cost little until looked at."""
        self.tabs.blockSignals(True)
        for document in documents:
            self._add_tab(document)
            if document is front:
                self.tabs.setCurrentIndex(len(self.workspaces) - 1)
        self.tabs.blockSignals(False)
        self.turn()

    def close_document(self, at: int | None = None) -> bool:
        """Close a tab; False where the person wants to keep it."""
        at = self.tabs.currentIndex() if at is None else at
        if not 0 <= at < len(self.workspaces):
            return False
        workspace = self.workspaces[at]
        if not self.files.may_close(workspace.document):
            return False
        if workspace.is_built:
            self._note_layout(workspace)
        self.session.forecaster.leave(workspace.document)
        self.session.autosaver.leave(workspace.document)
        self.workspaces.pop(at)
        self.tabs.removeTab(at)
        self.pages.removeWidget(workspace)
        workspace.deleteLater()
        workspace.document.deleteLater()
        self.turn()
        return True

    def offer_recovery(self) -> None:
        """Offer what was left by a run that ended without asking."""
        left, problems = self.session.autosaver.left_over()
        self.recovery.offer(left)
        if problems:
            self.notice.say("\n".join(problems[:4]))

    def _add_tab(self, document: StackDocument) -> None:
        workspace = Workspace(self.session.theme, document)
        workspace.add_wanted.connect(self.searching.add_component)
        workspace.profile_wanted.connect(self.searching.choose_profile)
        workspace.told.connect(lambda words: self.status.showMessage(words, 6000))
        self.workspaces.append(workspace)
        self.pages.addWidget(workspace)
        self.tabs.addTab(document.title)
        document.state_changed.connect(self._refresh)
        document.state_changed.connect(self.reopening.note)
        document.stack_changed.connect(self.status.clearMessage)
        document.stack_changed.connect(self._refresh)
        document.stack_changed.connect(self.views.documents_changed)
        self.session.autosaver.follow(document)

    def _build_workspace(self, workspace: Workspace) -> None:
        """Make a document's views and its first forecast, when it is first looked at."""
        if not workspace.is_built:
            workspace.build()
            self.session.forecaster.follow(workspace.document)
            self._restore_splitters(workspace)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_path(Path(url.toLocalFile()))
            else:
                words = url.toDisplayString()[:200]
                self.notice.say(f"Not opened: {words} is no file on this computer")
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for every unsaved document; any “cancel” keeps the window open."""
        session = self.session
        session.is_ending = session.is_ending or session.windows == [self]
        while self.workspaces:
            if not self.workspaces[-1].document.is_saved:
                self.tabs.setCurrentIndex(len(self.workspaces) - 1)
            if not self.close_document(len(self.workspaces) - 1):
                session.is_ending = False
                self.reopening.note()
                event.ignore()
                return
        session.settings.note_layout("geometry", self.saveGeometry())
        if self in session.windows:
            session.windows.remove(self)
        self.reopening.note()
        event.accept()
        if session.windows:
            self.deleteLater()

    def _recover(self, left: LeftOver) -> None:
        """Bring back edits: over their file where it is open as it was saved, else in a tab."""
        path, stack, held = left.unsaved.path, left.unsaved.stack, held_since(left.unsaved)
        for at, workspace in enumerate(self.workspaces):
            document = workspace.document
            if path is not None and document.path == path and document.is_saved:
                self.tabs.setCurrentIndex(at)
                document.edit(stack, "Recover unsaved edits")
                document.note_held(held)
                break
        else:
            document = StackDocument(stack, path, parent=self)
            document.mark_unsaved()
            document.note_held(held)
            self.show_document(document)
        self.session.autosaver.adopt(document, left)
        self.reloading.look_anew(document)

    def _build(self) -> None:
        self.tabs.setAccessibleName("Open stacks")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setTabsClosable(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.currentChanged.connect(self.turn)
        self.tabs.tabCloseRequested.connect(self.close_document)
        self.top = QWidget()
        row = QHBoxLayout(self.top)
        row.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addWidget(self.menus.more)
        row.addStretch(1)
        row.addWidget(self.views.switch)
        row.addSpacing(16)
        for action in (self.menus.undo, self.menus.redo):
            button = QPushButton(action.text())
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            action.changed.connect(
                lambda action=action, button=button: button.setToolTip(plain_tip(action.toolTip()))
            )
            row.addWidget(button)
        self.export = QPushButton("Export report…")
        self.export.setProperty("primary", True)
        self.export.setToolTip("A self-contained HTML report for those who decide (Ctrl+E)")
        self.export.clicked.connect(self.menus.export.trigger)
        row.addWidget(self.export)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.recovery, self.reloading, self.notice, self.top):
            column.addWidget(each)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self.recovery.recovered.connect(self._recover)
        self.recovery.discarded.connect(self.session.autosaver.discard)
        self.setStatusBar(self.status)
        self.pages.addWidget(self.start)
        self.start.new_wanted.connect(self.new_stack)
        self.start.open_wanted.connect(self.open_files)
        self.start.import_wanted.connect(self.importing.ask)
        self.start.file_chosen.connect(self.open_path)
        self.start.template_chosen.connect(self.open_template)
        self.start.show_templates(self.files.templates())

    def turn(self) -> None:
        """Show the chosen view of the document in front, or the first screen."""
        if self.workspace is not None:
            self._build_workspace(self.workspace)
        page = self.views.page() or self.start
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.top.setVisible(page is not self.start)
        if page is self.start:
            self.start.show_recent(self.session.settings.recent_files())
            self.setWindowTitle("Stack Half-Life")
        self.menus.show_document(self.document)
        self._refresh()
        self.reloading.look()
        self.reopening.note()

    def _refresh(self) -> None:
        for at, workspace in enumerate(self.workspaces):
            document = workspace.document
            title = document.title.replace("&", "&&")
            self.tabs.setTabText(at, title if document.is_saved else f"{title} •")
            self.tabs.setTabToolTip(at, plain_tip(str(document.path or "not saved yet")))
            self._name_close_button(at, document.title)
        front = self.document
        self.refining.show()
        if front is not None:
            mark = "" if front.is_saved else "• "
            self.setWindowTitle(f"{mark}{front.title} – Stack Half-Life")

    def _name_close_button(self, at: int, title: str) -> None:
        for side in (QTabBar.ButtonPosition.RightSide, QTabBar.ButtonPosition.LeftSide):
            button = self.tabs.tabButton(at, side)
            if button is not None:
                button.setAccessibleName(f"Close {title}")
                button.setToolTip("Close this stack (Ctrl+W)")

    def _restore_splitters(self, workspace: Workspace) -> None:
        workspace.charts.setSizes([520, 260])
        columns = self.session.settings.layout("columns")
        if columns is not None:
            workspace.columns.restoreState(columns)
        charts = self.session.settings.layout("charts")
        if charts is not None:
            workspace.charts.restoreState(charts)
            workspace.is_balanced_by_hand = True

    def _note_layout(self, workspace: Workspace) -> None:
        self.session.settings.note_layout("columns", workspace.columns.saveState())
        if workspace.is_balanced_by_hand:
            self.session.settings.note_layout("charts", workspace.charts.saveState())
