"""An open stack: its value, its history, its file, its selection and its latest forecast."""

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from stack_half_life.domain.edits import with_scenario_changed
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.gui.documents.commands import ReplaceStack
from stack_half_life.services.assess import Assessment

_NUMBERS = count(1)
_MOST_STEPS = 500


class StackDocument(QObject):
    """Views read it and ask it for edits; none changes a stack itself."""

    stack_changed = Signal()
    assessment_changed = Signal()
    selection_changed = Signal()
    state_changed = Signal()

    def __init__(self, stack: Stack, path: Path | None = None, parent: QObject | None = None):
        super().__init__(parent)
        self.key = f"stack-{next(_NUMBERS)}"
        self._stack = stack
        self._path = path
        self._saved = stack if path is not None else None
        self._selected: tuple[str, ...] = ()
        self._assessment: Assessment | None = None
        self._is_preview = False
        self._problem = ""
        self._drag = 0
        self._dragged: tuple[str, Stack] | None = None
        self.history = QUndoStack(self)
        self.history.setUndoLimit(_MOST_STEPS)
        self.history.cleanChanged.connect(self._tell_state)

    @property
    def stack(self) -> Stack:
        """The stack as it stands."""
        return self._stack

    @property
    def path(self) -> Path | None:
        """The file it was read from or last saved to."""
        return self._path

    @property
    def saved_stack(self) -> Stack | None:
        """The stack its file held when it was last read or written; None where that is unknown."""
        return self._saved

    @property
    def title(self) -> str:
        """The stack's name, as shown on tabs."""
        return self._stack.name

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost by closing it."""
        return self.history.isClean()

    @property
    def assessment(self) -> Assessment | None:
        """The latest answer, of this stack or (while a new one is made) of the one before."""
        return self._assessment

    @property
    def profiles(self) -> Mapping[str, ChurnProfile]:
        """What is known of the components by name, as far as the latest answer covers them."""
        return self._assessment.profiles if self._assessment is not None else {}

    @property
    def is_preview(self) -> bool:
        """Whether the answer is a first one from few futures, or of an older stack."""
        return self._is_preview

    @property
    def is_of_older_stack(self) -> bool:
        """Whether the answer is of the stack as it was before the last edits."""
        answer = self._assessment
        if answer is None:
            return False
        futures = self._stack.scenario.futures
        return with_scenario_changed(answer.stack, futures=futures) != self._stack

    @property
    def problem(self) -> str:
        """Why there is no answer, in one sentence; empty where there is nothing to say."""
        return self._problem

    @property
    def selected(self) -> tuple[str, ...]:
        """Names of the selected components, in the stack's order."""
        return self._selected

    @property
    def selected_component(self) -> Component | None:
        """The first selected component, the one the inspector shows."""
        return self._stack.component(self._selected[0]) if self._selected else None

    def edit(self, new: Stack, text: str, merge_key: str | None = None) -> None:
        """Put a new stack in place as one step that can be undone.

        merge_key: edits with the same key that follow each other become one step, until `seal`.
        """
        if new == self._stack:
            return
        key = None if merge_key is None else f"{merge_key}#{self._drag}"
        if key is not None and (self._dragged is None or self._dragged[0] != key):
            self._dragged = key, self._stack
        self.history.push(ReplaceStack(self._put, self._stack, new, text, key))

    def seal(self) -> None:
        """End a drag or a field's editing: the next edit is a step of its own."""
        self._drag += 1
        self._dragged = None

    def take_back(self) -> None:
        """Put back what stood before the drag or the field's editing, leaving no step."""
        if self._dragged is not None:
            key, before = self._dragged
            self.history.push(ReplaceStack(self._put, self._stack, before, "Take back", key))
            self.seal()

    def select(self, names: Iterable[str]) -> None:
        """Select components everywhere."""
        wanted = set(names)
        chosen = tuple(each.name for each in self._stack.components if each.name in wanted)
        if chosen != self._selected:
            self._selected = chosen
            self.selection_changed.emit()

    def mark_saved(self, path: Path) -> None:
        """Note that the stack as it stands is in that file."""
        self._path = path
        self._saved = self._stack
        self.history.setClean()
        self.seal()
        self.state_changed.emit()

    def mark_unsaved(self) -> None:
        """Note that the stack is in no file, as after a recovery."""
        self.history.resetClean()

    def note_held(self, saved: Stack | None) -> None:
        """Note what its file held when it was last read or written; None where unknown."""
        self._saved = saved

    def reload(self, stack: Stack) -> None:
        """Take over what its file holds now, as a step that can be undone."""
        self.edit(stack, "Reload from disk")
        if self._path is not None:
            self.mark_saved(self._path)

    def show_assessment(self, assessment: Assessment, *, is_preview: bool) -> None:
        """Take over an answer."""
        self._assessment = assessment
        self._is_preview = is_preview
        self._problem = ""
        self.assessment_changed.emit()
        self.state_changed.emit()

    def show_problem(self, problem: str) -> None:
        """Say why there is no answer; the last one is dropped."""
        self._problem = problem
        self._assessment = None
        self.assessment_changed.emit()
        self.state_changed.emit()

    def _tell_state(self) -> None:
        self.state_changed.emit()

    def _put(self, stack: Stack) -> None:
        old, self._stack = self._stack, stack
        selected = self._followed(old)
        selection_changed = selected != self._selected
        self._selected = selected
        self._is_preview = True
        self.stack_changed.emit()
        if selection_changed:
            self.selection_changed.emit()
        self.state_changed.emit()

    def _followed(self, old: Stack) -> tuple[str, ...]:
        """The selection carried over an edit: a renamed component is found by its place."""
        names = [each.name for each in self._stack.components]
        kept = {name for name in self._selected if name in names}
        if len(names) == len(old.components):
            places = [at for at, each in enumerate(old.components) if each.name in self._selected]
            kept |= {names[at] for at in places if old.components[at].name not in names}
        return tuple(name for name in names if name in kept)
