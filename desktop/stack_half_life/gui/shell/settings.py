"""What the window remembers between runs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from stack_half_life.gui.theme.theme import Scheme

_MOST_RECENT = 10


class WindowSettings:
    """Recent files, colours, sizes and places."""

    def __init__(self) -> None:
        self._store = QSettings("stack-half-life", "window")

    def recent_files(self) -> list[Path]:
        """Files opened or saved before, the newest first, those that still exist."""
        kept = self._store.value("recent", [])
        names = kept if isinstance(kept, list) else [kept]
        return [path for name in names if (path := Path(str(name))).is_file()]

    def note_recent(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        path = path.absolute()
        others = [each for each in self.recent_files() if each != path]
        self._store.setValue("recent", [str(each) for each in [path, *others][:_MOST_RECENT]])

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the system."""
        found = str(self._store.value("scheme", Scheme.SYSTEM.value))
        return Scheme(found) if found in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("scheme", scheme.value)

    @property
    def reopens(self) -> bool:
        """Whether the stacks open at the end are opened again at the start."""
        return str(self._store.value("reopens", "true")) == "true"

    @reopens.setter
    def reopens(self, reopens: bool) -> None:
        self._store.setValue("reopens", "true" if reopens else "false")

    def open_files(self) -> tuple[list[Path], Path | None]:
        """The files of the stacks open last, in order, and the one in front."""
        kept = self._store.value("open/files", [])
        names = kept if isinstance(kept, list) else [kept]
        front = str(self._store.value("open/front", ""))
        return [Path(str(name)) for name in names if name], Path(front) if front else None

    def note_open_files(self, files: Sequence[Path], front: Path | None) -> None:
        """Remember the files of the stacks that are open."""
        self._store.setValue("open/files", [str(each) for each in files])
        self._store.setValue("open/front", str(front) if front else "")

    def layout(self, name: str) -> QByteArray | None:
        """A remembered geometry or splitter state."""
        found = self._store.value(f"layout/{name}")
        return found if isinstance(found, QByteArray) else None

    def note_layout(self, name: str, state: QByteArray) -> None:
        """Remember a geometry or splitter state."""
        self._store.setValue(f"layout/{name}", state)

    @property
    def folder(self) -> Path:
        """The folder files were last opened from or saved to."""
        found = Path(str(self._store.value("folder", "")))
        return found if found.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))
