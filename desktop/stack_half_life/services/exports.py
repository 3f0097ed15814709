"""Write what was found to a file: the report, or its figures for other programs."""

import json
from pathlib import Path

from stack_half_life.errors import ReportError
from stack_half_life.files import reason, write_atomically
from stack_half_life.report.csv_table import forecasts_csv
from stack_half_life.report.html.document import report_html
from stack_half_life.report.json_values import comparison_json, forecast_json
from stack_half_life.report.subject import Subject
from stack_half_life.services.assess import Assessment
from stack_half_life.services.clocks import clocks_of_profiles
from stack_half_life.services.compare import Compared
from stack_half_life.store.cache import ProfileCache

ENDINGS = (".html", ".csv", ".json")
"""The kinds of file a report can be written as."""


def check_report_path(path: Path) -> None:
    """Refuse early what could not be written at the end.

    Raises:
        ReportError: where the ending is none of `ENDINGS`, or the folder is missing.
    """
    if path.suffix.lower() not in ENDINGS:
        named = f"“{path.suffix}” is not an ending" if path.suffix else "an ending is missing;"
        allowed = f"{', '.join(ENDINGS[:-1])} and {ENDINGS[-1]}"
        printing = "; a browser prints the .html to PDF" if path.suffix.lower() == ".pdf" else ""
        raise ReportError(
            f"{path}: {named}{' that can be written:' if path.suffix else ''} "
            f"{allowed} are allowed{printing}"
        )
    if path.is_dir():
        raise ReportError(f"{path}: is a folder; name a file")
    if not path.parent.is_dir():
        raise ReportError(f"{path}: there is no folder {path.parent}")


def export_report(path: Path, found: Assessment | Compared, cache: ProfileCache) -> None:
    """Write the report on one stack or on two compared; what stood there is replaced whole.

    Raises:
        ReportError: where the ending is unknown or the file cannot be written.
    """
    check_report_path(path)
    try:
        write_atomically(path, _content(path.suffix.lower(), found, cache).encode("utf-8"))
    except OSError as problem:
        raise ReportError(f"{path}: cannot be written: {reason(problem)}") from None


def _content(ending: str, found: Assessment | Compared, cache: ProfileCache) -> str:
    if ending == ".csv":
        both = (found,) if isinstance(found, Assessment) else (found.a, found.b)
        return forecasts_csv([(assessment.stack, assessment.forecast) for assessment in both])
    if isinstance(found, Assessment):
        if ending == ".json":
            return _json(forecast_json(found.stack, found.forecast))
        return report_html(_subject(found), known_sources=cache.sources())
    if ending == ".json":
        return _json(comparison_json(found.a.stack, found.b.stack, found.comparison))
    return report_html(
        _subject(found.a), _subject(found.b), found.comparison, known_sources=cache.sources()
    )


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _subject(found: Assessment) -> Subject:
    clocks = clocks_of_profiles(found.profiles, found.forecast.as_of, found.stack.kind)
    return Subject(found.stack, found.profiles, found.forecast, clocks)
