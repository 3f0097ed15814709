"""The base of every frozen value, and the small numeric types they share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value that cannot change: unknown keys, infinities and NaN are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        str_strip_whitespace=True,
        ser_json_inf_nan="null",
    )


Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of a whole, 0 to 1."""

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
"""A probability, 0 to 1."""

NonNegative = Annotated[float, Field(ge=0.0)]
"""A finite figure that is never below zero."""
