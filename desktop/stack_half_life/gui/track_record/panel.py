"""The track record view: choose a target, see how past forecasts of it did."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.track_record import MODEL, Score, TargetRecord, TrackRecord
from stack_half_life.gui import numbers
from stack_half_life.gui.panels.figures import FigureRow
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.gui.track_record.by_layer import LayerSkillPlot
from stack_half_life.gui.track_record.plots import ReliabilityPlot, SkillPlot

_FIGURES = (
    (
        "skill",
        "Skill over climatology",
        (
            "1 − CRPS of this program / CRPS of climatology: 0 is no better, 1 perfect. Below it "
            "the 90 % bootstrap interval over products."
        ),
    ),
    ("coverage", "80 % intervals hold", "Share of truths inside the 80 % interval; 80 % is right."),
    ("brier", "Brier score, 12 months", "Mean squared error of the 12-month chance; 0 is perfect."),
    ("cases", "Forecasts judged", "Forecasts made at past dates from what was known then."),
)

_TITLES = {
    "release_any": "Any release",
    "release_major": "Major release",
    "support": "End of support",
    "support_announced": "… announced",
    "support_unannounced": "… not announced",
}


class TrackRecordPanel(QWidget):
    """Runs the backtest when asked, and shows it by target."""

    wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: TrackRecord | None = None
        self._panel = Panel("Track record", "")
        self.segments: Segments | None = None
        self.figures = FigureRow(_FIGURES)
        self.reliability = ReliabilityPlot(theme)
        self.skill = SkillPlot(theme)
        self.by_layer = LayerSkillPlot(theme)
        self.pictures = Segments("Scores", ["CRPS beside the baselines", "Skill by layer"])
        self.pictures.button(0).setToolTip(
            "Mean CRPS in days, lower is better; whiskers: 90 % bootstrap intervals over products"
        )
        self.pictures.button(1).setToolTip(
            "1 − CRPS / CRPS of climatology on each layer's products, with 90 % bootstrap "
            "intervals; n counts products"
        )
        self.layer = QComboBox()
        self.layer.setAccessibleName("Layer judged")
        self.layer.setToolTip("Judge the forecasts of one layer's products only")
        self.layer.activated.connect(lambda _at: self._show_chosen())
        self.words = label("", tone="muted", wraps=True)
        self.run = QPushButton("Judge the forecasts on the past")
        self.run.setProperty("primary", True)
        self.run.clicked.connect(self.wanted)
        self.stop = QPushButton("Stop")
        self.stop.clicked.connect(self.stop_wanted)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the backtest")
        self.progress.setTextVisible(False)
        self.state = label("", tone="muted", wraps=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._invitation())
        self._pages.addWidget(self._results())
        self._panel.content.addWidget(self._pages, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 4)
        outer.addWidget(self._panel)
        self.show_progress(None, "")

    @property
    def is_complete(self) -> bool:
        """Whether a finished backtest is shown."""
        return self._record is not None

    def show_progress(self, share: float | None, words: str) -> None:
        """Say how far the backtest is; None: none is under way."""
        self.run.setEnabled(share is None)
        self.stop.setVisible(share is not None)
        self.progress.setVisible(share is not None)
        self.progress.setValue(round(100 * (share or 0.0)))
        self.state.setText(words)

    def show_record(self, record: TrackRecord) -> None:
        """Show a finished backtest."""
        self._record = record
        if self.segments is None:
            self.segments = Segments("Target", [_title(each) for each in record.targets])
            self.segments.chosen.connect(self._show_target)
            self._panel.header.insertWidget(1, self.segments)
            self._panel.header.insertWidget(2, self.layer)
        self._pages.setCurrentIndex(1)
        self._show_chosen()

    def _show_chosen(self) -> None:
        assert self.segments is not None
        self._show_target(self.segments.current)

    def _show_target(self, at: int) -> None:
        assert self._record is not None
        whole = self._record.targets[at]
        self._offer_layers(whole)
        chosen = self.layer.currentData()
        target = whole if chosen is None else whole.by_layer[chosen]
        self._show_figures(target.scores[MODEL])
        self.reliability.show_target(target)
        self.skill.show_target(target)
        self.by_layer.show_target(whole)
        first, last = numbers.month(target.first_origin), numbers.month(target.last_origin)
        until = numbers.day(self._record.data_until)
        self._panel.caption.setText(f"origins {first} to {last} · data until {until}")
        notes = " ".join(self._record.notes)
        what = f"Judged: {target.what}. Products weigh equally."
        self.words.setText(f"{what} {notes}".strip())

    def _offer_layers(self, target: TargetRecord) -> None:
        """Offer the layers with scores of their own; the chosen one stays where it is offered."""
        chosen = self.layer.currentData()
        layers = [layer for layer in Layer if layer in target.by_layer]
        self.layer.clear()
        self.layer.addItem("All layers", None)
        for layer in layers:
            self.layer.addItem(layer.label, layer)
        self.layer.setCurrentIndex(1 + layers.index(chosen) if chosen in layers else 0)

    def _show_figures(self, score: Score) -> None:
        low, high = score.skill_interval.low, score.skill_interval.high
        span = f"{numbers.decimal(low, 2)} to {numbers.decimal(high, 2)}"
        self.figures.put("skill", numbers.decimal(score.skill_vs_climatology, 2), span)
        self.figures.put(
            "coverage", numbers.percent(score.coverage_by_percent[80]), "80 % is right"
        )
        brier = score.brier_by_months.get(12)
        self.figures.put(
            "brier", "–" if brier is None else numbers.decimal(brier, 3), "0 is perfect"
        )
        self.figures.put(
            "cases", numbers.whole(score.n), f"{numbers.whole(score.products)} products"
        )

    def _invitation(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        words = label(
            "How would forecasts made in the past have done? Each is made from what was known at "
            "its date, for products the priors did not see, and scored against what happened. "
            "This takes a minute; you can go on working.",
            tone="muted",
            wraps=True,
        )
        row = QHBoxLayout()
        row.addWidget(self.run)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addWidget(words)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.state)
        column.addStretch(1)
        return page

    def _results(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        plots = QSplitter(Qt.Orientation.Horizontal)
        plots.setHandleWidth(16)
        plots.addWidget(
            _side(
                label(
                    "Forecast chance (across), how often it came (up), dots grow with cases",
                    tone="muted",
                ),
                self.reliability,
            )
        )
        pictures = QStackedWidget()
        pictures.addWidget(self.skill)
        pictures.addWidget(self.by_layer)
        self.pictures.chosen.connect(pictures.setCurrentIndex)
        plots.addWidget(_side(self.pictures, pictures))
        column.addWidget(self.figures)
        column.addWidget(plots, 1)
        column.addWidget(self.words)
        return page


def _side(head: QWidget, below: QWidget) -> QWidget:
    side = QWidget()
    inside = QVBoxLayout(side)
    inside.setContentsMargins(0, 8, 0, 0)
    inside.addWidget(head)
    inside.addWidget(below, 1)
    return side


def _title(target: TargetRecord) -> str:
    return _TITLES.get(target.target, target.target.replace("_", " ").capitalize())
