"""Figures in the person's locale, with their units and no false precision."""

from datetime import date, datetime
from math import isfinite

from PySide6.QtCore import QDate, QLocale

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.results import TimeQuantiles

NOT_REACHED = "not reached"


def use_a_spoken_locale() -> None:
    """Where the system names no language, write numbers as in British English."""
    if QLocale.system().language() is QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def whole(value: float) -> str:
    """A count or a sum without decimals, grouped."""
    return QLocale().toString(round(value))


def decimal(value: float, places: int = 1) -> str:
    """A figure with so many decimals."""
    return QLocale().toString(float(value), "f", places)


def plain(value: float) -> str:
    """A figure as a person would type it: as few decimals as it needs, ungrouped."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    text = locale.toString(float(value), "f", 4)
    point = locale.decimalPoint()
    return text.rstrip("0").removesuffix(point) if point in text else text


def parse(text: str) -> float | None:
    """The number a person typed, in their locale or with a point; None where it is none."""
    cleaned = text.strip().replace("\u2212", "-")
    value, is_number = QLocale().toDouble(cleaned)
    if not is_number:
        value, is_number = QLocale.c().toDouble(cleaned)
    return value if is_number and isfinite(value) else None


def percent(share: float) -> str:
    """A share in per cent, whole ones but for small shares."""
    return f"{per_cent(share)} %"


def per_cent(share: float) -> str:
    """The same without the sign."""
    is_whole = share >= 0.0995 or abs(100 * share - round(100 * share)) < 0.05
    return decimal(100 * share, 0 if is_whole else 1)


def years(value: float | None) -> str:
    """A time in years, in months below one year, or that it is not reached."""
    if value is None:
        return NOT_REACHED
    if value < 1 / 24:
        return "now"
    if round(12 * value) < 12:
        return f"{max(1, round(12 * value))} mo"
    return f"{decimal(value)} y" if value < 10 else f"{whole(value)} y"


def span(value_years: float) -> str:
    """How long something lasts: days, months or years."""
    if value_years < 1 / 12:
        return f"{max(1, round(DAYS_PER_YEAR * value_years))} d"
    return years(value_years)


def years_or_beyond(value: float | None, horizon_years: float) -> str:
    """A time in years, or that it lies beyond the horizon."""
    return f"> {plain(round(horizon_years, 1))} y" if value is None else years(value)


def year_range(quantiles: TimeQuantiles, horizon_years: float) -> str:
    """The span from P10 to P90."""
    low = years_or_beyond(quantiles.p10, horizon_years)
    high = years_or_beyond(quantiles.p90, horizon_years)
    return low if low == high else f"{low} – {high}"


def days(value: float) -> str:
    """A sum in person-days."""
    return f"{whole(value)} d" if value >= 10 else f"{decimal(value)} d"


def money(value: float, currency: str) -> str:
    """A sum of money, rounded to three significant figures: more would be false precision."""
    if value:
        digits = len(str(int(abs(value)))) - 3
        value = round(value / 10**digits) * 10**digits if digits > 0 else round(value)
    return f"{whole(value)} {currency}"


def day(value: date) -> str:
    """A date that cannot be misread, with the month in the person's language."""
    return QLocale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")


def moment(value: datetime) -> str:
    """A day and the time of day."""
    return f"{day(value.date())}, {value:%H:%M}"


def month(value: date) -> str:
    """A month and year."""
    return QLocale().toString(QDate(value.year, value.month, value.day), "MMM yyyy")


def signed_days(value: float) -> str:
    """A difference in person-days, with its sign."""
    size = days(abs(value))
    if float(round(value, 1)) == 0:
        return size
    return f"+{size}" if value > 0 else f"\u2212{size}"
