"""What a harvest found, and what adding it to the evidence taught."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain.stack import ProductKind
from stack_half_life.evidence.git.answer import RepositoryHarvest
from stack_half_life.gui import numbers
from stack_half_life.gui.fields.choice import ChoiceField
from stack_half_life.gui.fields.text import TextField
from stack_half_life.gui.inspector.words import KINDS
from stack_half_life.gui.panels.figures import FigureRow
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.table import Table
from stack_half_life.gui.panels.text_table import Column, TextTableModel
from stack_half_life.gui.theme import fonts
from stack_half_life.services.add_repository import AddedRepository

_MOST_NOTES = 4
_FIGURES = (
    (
        "half_life",
        "Half-life of a line",
        "The age by which half of the lines ever written were changed or gone; below it P10–P90.",
    ),
    ("lines", "Lines today", "Lines in the text files of the newest commit."),
    ("releases", "Releases", "Versions told by tags, and the release cycles told from them."),
    (
        "spells",
        "Dependency spells",
        "Stays of a dependency in a manifest; below it how many have ended.",
    ),
)
_HAZARD = "Removal hazard: so many times as readily removed as an average dependency"
_COLUMNS = (
    Column("Technology", "Whose readiness to be removed was learnt anew"),
    Column(
        "Spells",
        "Tenure spells: stays in a manifest of this repository, from listed to dropped",
        is_number=True,
    ),
    Column("Ended", "How many of them ended", is_number=True),
    Column("Hazard was", _HAZARD, is_number=True),
    Column("Hazard now", f"{_HAZARD}, with this repository's evidence added", is_number=True),
)


class HarvestDialog(QDialog):
    """Shows a harvest; the person may add it to the evidence, and take it out again."""

    add_wanted = Signal(object, str)
    """Kind of product, and the technology whose own repository it is or nothing."""
    removal_wanted = Signal(str)
    """The subject to take out again."""

    def __init__(self, found: RepositoryHarvest, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Harvest of a repository")
        self.resize(680, 520)
        self._subject = ""
        self.head = QLabel(name)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setFont(fonts.title())
        self.figures = FigureRow(_FIGURES)
        self.kind = ChoiceField("Product", "The kind of product the repository is.")
        self.kind.offer([(words, kind) for kind, words in KINDS.items()])
        self.kind.show_value(ProductKind.UNKNOWN)
        self.technology = TextField(
            "Source of",
            "The technology whose own source this is; its releases and the life of its lines are "
            "added to that one. Empty: only its dependencies are learnt from.",
            "a technology of the cache, or empty",
        )
        self.model = TextTableModel(_COLUMNS, self)
        self.table = Table("What was learnt", self.model)
        self.words = label("", tone="muted", wraps=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.add = self.buttons.addButton("Add to the evidence", role)
        self.add.setProperty("primary", True)
        self.add.setDefault(True)
        self.add.clicked.connect(self._ask_add)
        self.take_out = self.buttons.addButton("Take it out again", role)
        self.take_out.clicked.connect(lambda: self.removal_wanted.emit(self._subject))
        self.take_out.hide()
        self._pages = QStackedWidget()
        self._arrange(found)
        self._show_found(found)

    def show_progress(self, share: float | None, words: str) -> None:
        """Say how far adding is; None: nothing is under way."""
        is_busy = share is not None
        for button in (self.add, self.take_out):
            button.setEnabled(not is_busy)
        self.progress.setVisible(is_busy)
        self.progress.setValue(round(100 * (share or 0.0)))
        self.words.setText(words)

    def show_added(self, added: AddedRepository) -> None:
        """Show what was learnt, before and after."""
        self._subject = added.subject
        self.model.show_rows(
            [
                (
                    one.technology,
                    numbers.whole(one.spells),
                    numbers.whole(one.removals),
                    f"× {numbers.decimal(one.multiplier_before, 2)}",
                    f"× {numbers.decimal(one.multiplier_after, 2)}",
                )
                for one in added.learnt
            ]
        )
        words = (
            f"Added {numbers.whole(added.spells)} spells, {numbers.whole(added.removals)} ended; "
            f"{numbers.whole(added.unmatched)} are of packages the cache does not know. "
            f"{numbers.whole(len(added.learnt))} technologies moved. Hazard: how "
            "readily a technology is removed from manifests, × 1 as an average dependency, "
            "× 2 twice as readily; before and after this repository."
        )
        if added.technology:
            words += (
                f" {added.technology} gained {numbers.whole(added.releases)} releases, "
                f"{numbers.whole(added.cycles)} cycles and how long its lines live."
            )
        else:
            words += " Its own releases are not kept: no technology was named as having its source."
        notes = map(_sentence, added.notes[:_MOST_NOTES])
        self.show_progress(None, " ".join([words, *notes]))
        self._pages.setCurrentIndex(1)
        self.add.hide()
        self.take_out.show()

    def show_taken_out(self) -> None:
        """Say that the evidence is as before."""
        self._pages.setCurrentIndex(0)
        self.take_out.hide()
        self.add.show()
        self.show_progress(None, "Taken out again: the evidence is as it was before.")

    def _arrange(self, found: RepositoryHarvest) -> None:
        form = QWidget()
        inner = QVBoxLayout(form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for note in found.notes[:_MOST_NOTES]:
            inner.addWidget(label(_sentence(note), tone="muted", wraps=True))
        head = QLabel("Learn from it")
        head.setFont(fonts.strong())
        inner.addWidget(head)
        inner.addWidget(
            label(
                "How long its dependencies stayed moves how readily each technology is expected "
                "to be removed. Nothing leaves this computer, and you can take it out again.",
                tone="muted",
                wraps=True,
            )
        )
        inner.addWidget(self.kind)
        inner.addWidget(self.technology)
        inner.addStretch(1)
        self._pages.addWidget(form)
        self._pages.addWidget(self.table)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self.figures)
        column.addWidget(self._pages, 1)
        column.addWidget(self.words)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)

    def _show_found(self, found: RepositoryHarvest) -> None:
        half = found.survival.half_life_years
        span = "" if half.p10 is None else f"{numbers.years(half.p10)} – {numbers.years(half.p90)}"
        self.figures.put("half_life", numbers.years(half.value), span)
        self.figures.put(
            "lines", numbers.whole(found.lines), f"{numbers.whole(found.commits)} commits"
        )
        self.figures.put(
            "releases",
            numbers.whole(len(found.tags.releases)),
            f"{numbers.whole(len(found.cycles))} cycles",
        )
        ended = sum(spell.removed_on is not None for spell in found.tenures)
        self.figures.put(
            "spells", numbers.whole(len(found.tenures)), f"{numbers.whole(ended)} ended"
        )

    def _ask_add(self) -> None:
        self.add_wanted.emit(self.kind.value, self.technology.editor.text().strip())


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}."
