"""The layers view: choose a clock, see the stack over the clouds."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from stack_half_life.domain.facts import Generation
from stack_half_life.gui import numbers
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.layers.plot import DepthPlot
from stack_half_life.gui.layers.points import Clock, DepthPoint, depth_points, layer_medians
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.panel import Panel
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme.theme import Theme
from stack_half_life.services.reference import ReferencePoint


class LayersPanel(Panel):
    """Each clock against depth, the stack's points over all known technologies."""

    def __init__(
        self, theme: Theme, document: StackDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__("Clocks against depth", "", parent)
        self._theme = theme
        self._document = document
        self._reference: Sequence[ReferencePoint] = ()
        self.segments = Segments("Clock", [clock.value[0] for clock in Clock])
        self.segments.chosen.connect(self._refresh)
        self.header.insertWidget(1, self.segments)
        self.plot = DepthPlot(theme)
        self.words = label("", tone="muted", wraps=True)
        self.key = QLabel()
        self.what = label("", tone="muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working out the clocks of all technologies")
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.addStretch(1)
        column.addWidget(label("Working out the clocks of all technologies…", tone="muted"))
        column.addWidget(self.progress)
        column.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(waiting)
        self._pages.addWidget(self.plot)
        self.content.addWidget(self.what)
        self.content.addWidget(self.key)
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self.words)
        document.stack_changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    def show_progress(self, share: float) -> None:
        """Say how far the reference clouds are."""
        self.progress.setValue(round(100 * share))

    def show_reference(self, reference: Sequence[ReferencePoint]) -> None:
        """Take over the reference clouds."""
        self._reference = reference
        self._refresh()

    def _refresh(self) -> None:
        clock = list(Clock)[self.segments.current]
        self.what.setText(f"Across: {clock.value[1]}, logarithmic. Down: depth.")
        palette = self._theme.colours
        self.key.setText(
            f"<span style='color:{palette.second}'>▲</span> AI technologies &nbsp; "
            f"<span style='color:{palette.accent}'>●</span> classical technologies &nbsp; "
            "▮ median of a layer &nbsp; ◉ this stack, its bar P10–P90"
        )
        if not self._reference:
            self._pages.setCurrentIndex(0)
            return
        cloud = depth_points(self._reference, clock)
        self.plot.show_points(cloud, self._own(cloud))
        self._pages.setCurrentIndex(1)
        self.words.setText(_verdict(cloud, clock))

    def _own(self, cloud: Sequence[DepthPoint]) -> list[tuple[str, DepthPoint]]:
        assessment = self._document.assessment
        if assessment is None:
            return []
        by_name = {point.name: point for point in cloud}
        found = []
        for component in self._document.stack.components:
            profile = assessment.profiles.get(component.name)
            point = by_name.get(profile.technology.name) if profile else None
            if point is not None:
                found.append((component.name, point))
        return found


def _verdict(cloud: Sequence[DepthPoint], clock: Clock) -> str:
    """What the medians say of the idea that half-life grows downwards, without claiming more."""
    words = []
    for generation, name in ((Generation.CLASSICAL, "Classical"), (Generation.AI, "AI")):
        medians = layer_medians(cloud, generation)
        if len(medians) < 2:
            continue
        ordered = sorted(medians, key=lambda each: each[1])
        shortest, longest = ordered[0], ordered[-1]
        words.append(
            f"{name}, by {clock.value[0].lower()}: shortest {shortest[0].label} "
            f"({numbers.span(shortest[1])}, n\u00a0=\u00a0{shortest[2]}), "
            f"longest {longest[0].label} "
            f"({numbers.span(longest[1])}, n\u00a0=\u00a0{longest[2]})."
        )
    return " ".join(words) + (
        " Medians of what was observed, each technology counted once; layers with fewer than four "
        "technologies have no median."
    )
