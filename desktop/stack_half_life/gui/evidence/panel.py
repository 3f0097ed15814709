"""The evidence view: filter the cache, look into a technology, add to it, refresh it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain.facts import TechnologyHit
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.errors import CacheError
from stack_half_life.gui import numbers
from stack_half_life.gui.evidence.model import KEY_ROLE, SORT_ROLE, TechnologyModel
from stack_half_life.gui.inspector.evidence import EvidencePage
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.scrolling import scrolled
from stack_half_life.gui.panels.table import Table
from stack_half_life.gui.theme.theme import Theme

Find = Callable[[str, Layer | None], Sequence[TechnologyHit]]
Profile = Callable[[str], ChurnProfile]
_WIDTHS = (146, 120, 78, 58, 70, 56, 62, 62, 112, 90)

_PROFILE_WIDTH = 344
_LAYERS: tuple[Layer | None, ...] = (None, *Layer)


class EvidencePanel(QWidget):
    """The cache as a table beside the profile of the chosen technology."""

    refresh_wanted = Signal()
    files_wanted = Signal(Path)
    releases_wanted = Signal(str)
    harvest_wanted = Signal(Path)
    additions_wanted = Signal()
    stop_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        find: Find,
        profile: Profile,
        as_of: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._as_of = as_of
        self._find = find
        self._profile = profile
        self.text = QLineEdit()
        self.text.setAccessibleName("Filter technologies")
        self.text.setPlaceholderText("Filter by name, alias or package URL")
        self.text.setClearButtonEnabled(True)
        self.layer = QComboBox()
        self.layer.setAccessibleName("Layer")
        self.layer.addItems(["All layers", *(layer.label for layer in Layer)])
        self.count = label("", tone="muted")
        self.model = TechnologyModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.table = Table("Technologies", self.sorted)
        self.details = EvidencePage(theme)
        self.refresh = QPushButton("Refresh what is stale")
        self.add_files = QPushButton("Import endoflife files…")
        self.add_releases = QPushButton("Add a package…")
        self.harvest = QPushButton("Harvest a repository…")
        self.additions = QPushButton("Your additions…")
        self._starts = (
            self.refresh,
            self.add_files,
            self.add_releases,
            self.harvest,
            self.additions,
        )
        self.stop = QPushButton("Stop")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.state = label("", tone="muted", wraps=True)
        self._arrange()
        self._connect()
        self.show_progress(None, "")
        self.look()

    def look(self) -> None:
        """Show what answers to the filter now."""
        layer = _LAYERS[max(self.layer.currentIndex(), 0)]
        try:
            hits = self._find(self.text.text().strip(), layer)
        except CacheError as problem:
            hits = ()
            self.state.setText(str(problem))
        self.model.show_rows(hits)
        self.count.setText(f"{numbers.whole(len(hits))} technologies")
        if hits:
            self.table.selectRow(0)

    def show_progress(self, share: float | None, words: str) -> None:
        """Say how far a long task is; None: none is under way."""
        is_busy = share is not None
        for button in self._starts:
            button.setEnabled(not is_busy)
        self.stop.setVisible(is_busy)
        self.progress.setVisible(is_busy)
        self.progress.setValue(round(100 * (share or 0.0)))
        self.state.setText(words)

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        for widget, stretch in ((self.text, 1), (self.layer, 0), (self.count, 0)):
            filters.addWidget(widget, stretch)
        all_of_it = Panel("Evidence", "every technology in the cache · a click on a title sorts")
        all_of_it.content.addLayout(filters)
        all_of_it.content.addWidget(self.table, 1)
        tasks = QHBoxLayout()
        for button in self._starts:
            tasks.addWidget(button)
        tasks.addStretch(1)
        all_of_it.content.addLayout(tasks)
        state = QHBoxLayout()
        state.addWidget(self.state, 2)
        state.addWidget(self.progress, 1)
        state.addWidget(self.stop)
        all_of_it.content.addLayout(state)
        self.profile_panel = Panel("", "")
        self.profile_panel.content.addWidget(scrolled(self.details, "Profile"), 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(10)
        split.addWidget(all_of_it)
        split.addWidget(self.profile_panel)
        split.setSizes([1060, 340])
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        self.profile_panel.setMinimumWidth(_PROFILE_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 4)
        outer.addWidget(split)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.refresh.setToolTip("Ask the sources anew for facts older than 30 days (needs network)")
        self.add_files.setToolTip("Product files of endoflife.date, a file or a folder")
        self.add_releases.setToolTip("A package URL such as pkg:pypi/numpy, asked with your client")
        self.harvest.setToolTip("Code survival, releases and tenures of a local git repository")
        self.additions.setToolTip("What you added: look it over, take it out, put it back")

    def _connect(self) -> None:
        self.text.textChanged.connect(self.look)
        self.layer.activated.connect(lambda _at: self.look())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_profile())
        self.sorted.modelReset.connect(self._show_profile)
        self.refresh.clicked.connect(self.refresh_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.add_files.clicked.connect(self._ask_files)
        self.add_releases.clicked.connect(self._ask_package)
        self.additions.clicked.connect(self.additions_wanted)
        self.harvest.clicked.connect(self._ask_repository)

    def _show_profile(self) -> None:
        key = self.table.currentIndex().data(KEY_ROLE)
        if key is None:
            self.profile_panel.title.setText("Nothing found")
            self.profile_panel.caption.setText("")
            self.details.show_profile(None, None, self._as_of)
            return
        try:
            profile = self._profile(str(key))
        except CacheError as problem:
            self.state.setText(str(problem))
            return
        self.profile_panel.title.setText(profile.technology.name)
        self.profile_panel.caption.setText(profile.layer.label)
        self.details.show_profile(profile, None, self._as_of)

    def _ask_files(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder of endoflife product files")
        if folder:
            self.files_wanted.emit(Path(folder))

    def _ask_package(self) -> None:
        name, is_taken = QInputDialog.getText(
            self, "Add a package", "Package URL, such as pkg:pypi/numpy or pkg:npm/react"
        )
        if is_taken and name.strip():
            self.releases_wanted.emit(name.strip())

    def _ask_repository(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "A local git repository")
        if folder:
            self.harvest_wanted.emit(Path(folder))
