"""What every test gets: a home of its own, so that no test touches the user's."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "same everywhere",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same everywhere")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Accept the Qt options of `pyproject.toml` where Qt and its plugin are not installed."""
    if not importlib.util.find_spec("pytestqt"):
        parser.addini("qt_api", "used by pytest-qt")
        parser.addini("qt_log_level_fail", "used by pytest-qt")
        parser.addini("qt_log_ignore", "used by pytest-qt")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's folders for this run; its cache is seeded once and shared, so only read it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STACK_HALF_LIFE_CACHE", str(home / "profiles.sqlite"))
        for folder in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
        yield home
