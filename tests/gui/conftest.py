"""Windows for tests: offscreen, with settings and cache of their own, driven as a person would."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import made_values
from gui.driving import wait_for_forecast
from stack_half_life.domain.progress import OnProgress
from stack_half_life.domain.stack import Stack
from stack_half_life.gui.shell.session import Session
from stack_half_life.gui.shell.window import Window
from stack_half_life.paths import cache_file
from stack_half_life.services.assess import Assessment
from stack_half_life.store.cache import ProfileCache


def made_assessment(
    stack: Stack, cache: ProfileCache, *, as_of: object, on_progress: OnProgress, **more: object
) -> Assessment:
    """A forecast made up at once, on the profiles of the real cache."""
    del as_of, more
    on_progress(0.5, "making it up")
    forecast = made_values.made_forecast(
        stack, horizon_years=max(int(stack.scenario.horizon_years), 1)
    )
    forecast = forecast.model_copy(update={"futures": stack.scenario.futures})
    return Assessment(stack, cache.profiles_for(stack), forecast)


@pytest.fixture
def make_session(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Session]]:
    """Makes sessions on the run's shared cache, with a user's folder of their own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    made: list[Session] = []

    def make(cache: Path | None = None, **more: object) -> Session:
        path = cache or cache_file()
        recipe = more.pop("recipe", made_assessment)
        session = Session(qapp, path, made_values.AS_OF, recipe=recipe)  # type: ignore[arg-type]
        made.append(session)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    """A session whose forecasts are made up at once."""
    return make_session()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Window:
    """A shown window with the first screen."""
    made = Window(session)
    qtbot.addWidget(made, before_close_func=_forget_changes)
    made.show()
    made.activateWindow()
    with qtbot.waitActive(made):
        pass
    return made


def _forget_changes(window: Window) -> None:
    for workspace in window.workspaces:
        workspace.document.history.setClean()


@pytest.fixture
def opened(window: Window, qtbot: QtBot) -> Window:
    """A window with four components, forecast."""
    window.show_stack(made_values.made_stack())
    wait_for_forecast(window, qtbot)
    return window
