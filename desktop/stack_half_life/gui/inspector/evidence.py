"""The facts a component's forecast rests on, and the laws fitted to them."""

from datetime import date
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stack_half_life.domain.cadence import BREAKING_BY_VERSION
from stack_half_life.domain.clock_curves import ClockCurves
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, ProductKind
from stack_half_life.gui.inspector.cycle_chart import CycleChart
from stack_half_life.gui.inspector.law_plot import LawPlot
from stack_half_life.gui.inspector.profile_table import profile_table
from stack_half_life.gui.inspector.profile_words import ProfileWords
from stack_half_life.gui.panels.copies import offer_copy
from stack_half_life.gui.panels.labels import label
from stack_half_life.gui.panels.segments import Segments
from stack_half_life.gui.theme.theme import Theme

_CLOCKS = ("Releases", "Breaking", "Support", "Tenure")
_CAPTIONS = (
    "Chance that the gap to the next release lasts longer · line: fitted law, steps: past gaps",
    "Chance that the gap to the next breaking release lasts longer · line: law, steps: past gaps",
    "Chance that a cycle is supported longer · line: fitted law, steps: cycles that are told",
    "Chance still in a manifest by years of use · below: years observed at risk in each band",
)


class EvidencePage(QWidget):
    """A profile as charts and words; worked out when first looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._profile: ChurnProfile | None = None
        self._component: Component | None = None
        self._as_of = date.min
        self._kind = ProductKind.UNKNOWN
        self._curves: ClockCurves | None = None
        self._is_stale = True
        self.clocks, self.text = _rich("Clocks"), _rich("Evidence")
        self.chart = CycleChart(theme)
        self.segments = Segments("Law of the clock", _CLOCKS)
        self.segments.chosen.connect(self._draw_law)
        self.law = LawPlot(theme)
        self.caption = label("", tone="muted", wraps=True)
        self.setAccessibleName("Evidence")
        offer_copy(self, "Copy the evidence (TSV)", self._copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for each in (self.clocks, self.chart, self.segments, self.law, self.caption, self.text):
            column.addWidget(each)
        theme.changed.connect(self._draw)

    def show_profile(
        self,
        profile: ChurnProfile | None,
        component: Component | None,
        as_of: date,
        kind: ProductKind = ProductKind.UNKNOWN,
    ) -> None:
        """Show a component's evidence, or a technology's own, or that there is none."""
        shown = (profile, component, as_of, kind)
        if shown != (self._profile, self._component, self._as_of, self._kind):
            self._profile, self._component, self._as_of, self._kind = shown
            self._is_stale = True
        if self.isVisible():
            self._work_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Work out what is shown when it is first looked at."""
        super().showEvent(event)
        self._work_out()

    def _copy(self) -> None:
        if self._profile is not None:
            from stack_half_life.services.clocks import clocks_of_profile

            figures = clocks_of_profile(self._profile, self._as_of, self._kind)
            QGuiApplication.clipboard().setText(profile_table(self._profile, figures))

    def _work_out(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._curves = None
            if self._profile is not None:
                from stack_half_life.services.clocks import curves_of_profile

                self._curves = curves_of_profile(self._profile, self._as_of, self._kind)
            self._draw()

    def _draw(self) -> None:
        profile = self._profile
        words = ProfileWords(self._theme.colours)
        for each in (self.segments, self.law, self.caption, self.clocks):
            each.setVisible(profile is not None)
        self.chart.show_profile(profile, self._as_of)
        if profile is None or self._curves is None:
            self.text.setText("Looking the technology up…" if self._component else "")
            return
        from stack_half_life.services.clocks import clocks_of_profile

        self.clocks.setText(words.clocks(clocks_of_profile(profile, self._as_of, self._kind)))
        self._draw_law(self.segments.current)
        self.text.setText(self._unknown() if not profile.is_matched else words.facts(profile))

    def _draw_law(self, at: int) -> None:
        caption = _CAPTIONS[at]
        if at == _CLOCKS.index("Breaking") and self._is_told_by_version():
            caption += f"\n{BREAKING_BY_VERSION}"
        self.caption.setText(caption)
        curves = self._curves
        if curves is None or self._profile is None:
            self.law.show_curve(None)
            return
        curve = (curves.cycle, curves.breaking, curves.support, curves.in_manifest)[at]
        tenure = self._profile.tenure
        is_tenure = at == len(_CLOCKS) - 1
        at_risk = tenure.exposure_years_by_band if is_tenure and tenure is not None else ()
        self.law.show_curve(curve, at_risk)

    def _is_told_by_version(self) -> bool:
        cycles = self._profile.cycles if self._profile is not None else ()
        return any(cycle.is_breaking is None for cycle in cycles)

    def _unknown(self) -> str:
        named = escape(self._component.profile) if self._component else "this"
        layer = escape(self._component.layer.label) if self._component else ""
        return (
            f"<b>No evidence.</b> Nobody here knows “{named}”. Its forecast is that of its layer's "
            f"reference class ({layer}), wide on purpose, and it counts as uncovered."
        )


def _rich(name: str) -> QLabel:
    made = QLabel()
    made.setAccessibleName(name)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
