"""The facts a component's forecast rests on, each with its source, age and confidence."""

from collections import Counter
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stack_half_life.domain.facts import Evidence, ReleaseCycle, SupportState
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component
from stack_half_life.gui import numbers
from stack_half_life.gui.theme.theme import Theme

_SHOWN_CYCLES = 14


class EvidencePage(QWidget):
    """A profile in words and small tables."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[ChurnProfile | None, Component | None] = (None, None)
        self.text = QLabel()
        self.text.setAccessibleName("Evidence")
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        theme.changed.connect(self._draw)

    def show_profile(self, profile: ChurnProfile | None, component: Component | None) -> None:
        """Show a component's evidence, or a technology's own, or that there is none."""
        if (profile, component) != self._shown:
            self._shown = (profile, component)
            self._draw()

    def _draw(self) -> None:
        profile, component = self._shown
        if profile is None:
            self.text.setText("Looking the technology up…" if component is not None else "")
        elif not profile.is_matched and component is not None:
            self.text.setText(
                f"<b>No evidence.</b> Nobody here knows “{escape(component.profile)}”. Its "
                "forecast is that of its layer's reference class "
                f"({escape(component.layer.label)}), wide on purpose, and it counts as uncovered."
            )
        else:
            self.text.setText(self._profile_words(profile))

    def _profile_words(self, profile: ChurnProfile) -> str:
        parts = [
            self._cycles(profile),
            self._tenure(profile),
            self._survival(profile),
            self._end(profile),
            self._sources(profile),
        ]
        return "".join(f"<p style='margin:0 0 10px 0'>{part}</p>" for part in parts if part)

    def _muted(self, words: str) -> str:
        return f"<span style='color:{self._theme.colours.muted}'>{words}</span>"

    def _cycles(self, profile: ChurnProfile) -> str:
        cycles = [each for each in profile.cycles if each.released_on is not None]
        if not cycles:
            return "<b>Release cycles</b><br>" + self._muted("none known")
        newest = sorted(cycles, key=lambda each: str(each.released_on), reverse=True)
        rows = "".join(
            f"<tr><td>{escape(each.cycle[:22])}</td>"
            f"<td style='padding-left:10px'>{each.released_on}</td>"
            f"<td style='padding-left:10px'>{self._muted(_support(each))}</td></tr>"
            for each in newest[:_SHOWN_CYCLES]
        )
        more = len(newest) - _SHOWN_CYCLES
        tail = self._muted(f"… and {more} older") if more > 0 else ""
        return (
            f"<b>Release cycles</b> {self._muted(f'{len(cycles)} known · fact')}"
            f"<table cellspacing='0' cellpadding='1'>{rows}</table>{tail}"
        )

    def _tenure(self, profile: ChurnProfile) -> str:
        tenure = profile.tenure
        if tenure is None:
            return ""
        years = sum(tenure.exposure_years_by_band)
        return (
            f"<b>Tenure in manifests</b> {self._muted('fact')}<br>"
            f"{numbers.whole(tenure.removals)} removals in {numbers.whole(tenure.spells)} spells, "
            f"{numbers.whole(tenure.repositories)} repositories, "
            f"{numbers.whole(years)} years at risk. "
            + self._muted("A removal is not a replacement.")
        )

    def _survival(self, profile: ChurnProfile) -> str:
        survival = profile.code_survival
        if survival is None:
            return ""
        return (
            f"<b>Code survival</b> {self._muted('fact')}<br>half-life of a source line "
            f"{numbers.years(survival.half_life_years)} in {escape(survival.repository)} "
            f"({numbers.whole(survival.lines)} lines)"
        )

    def _end(self, profile: ChurnProfile) -> str:
        end = profile.end
        if end is None:
            return ""
        after = f"; successor {escape(end.successor)}" if end.successor else ""
        return f"<b>Ended</b> {end.ended_on}: {escape(end.kind_of_end)}{after}"

    def _sources(self, profile: ChurnProfile) -> str:
        found: Counter[tuple[str, str, str]] = Counter(
            [_source(cycle.evidence) for cycle in profile.cycles]
            + [_source(release.evidence) for release in profile.releases]
        )
        found[_source(profile.technology.evidence)] += 1
        lines = "<br>".join(
            f"{escape(source)}, read {read}, confidence {confidence} " + self._muted(f"({count})")
            for (source, read, confidence), count in found.most_common()
        )
        until = f" · observed until {profile.observed_until}" if profile.observed_until else ""
        return f"<b>Sources</b>{self._muted(until)}<br>{lines}"


def _source(evidence: Evidence) -> tuple[str, str, str]:
    return evidence.source, evidence.retrieved_on.isoformat(), evidence.confidence.value


def _support(cycle: ReleaseCycle) -> str:
    if cycle.support is SupportState.DATED:
        return f"to {cycle.support_ends_on}"
    return {
        SupportState.SUPPORTED: "supported",
        SupportState.ENDED_DATE_UNKNOWN: "support ended",
        SupportState.UNKNOWN: "support not known",
    }[cycle.support]
