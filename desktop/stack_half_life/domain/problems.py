"""What is wrong with a value, in one sentence fit to show beside the field."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stack_half_life.domain.stack import MIN_HORIZON_YEARS

_COMPARISONS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}

_SENTENCES = {
    "string_too_short": "this cannot be empty",
    "extra_forbidden": "there is no such key",
    "missing": "this is required",
    "finite_number": "a finite number is required",
    "float_type": "a number is required",
    "int_type": "a whole number is required",
    "string_type": "text (in quotes) is required",
    "bool_type": "true or false is required",
    "model_type": "a table is required",
    "tuple_type": "a list is required",
}


def first_problem(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Where the first problem lies (keys and indices) and a sentence on what is allowed."""
    details = error.errors(include_url=False)[0]
    return tuple(details["loc"]), sentence(details)


def sentence(details: ErrorDetails) -> str:
    """What is allowed where one problem lies."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind in _COMPARISONS:
        bound, words = _COMPARISONS[kind]
        return f"{words} {_number(context[bound])} is allowed"
    if kind == "string_too_long":
        return f"at most {context['max_length']:,} characters are allowed"
    if kind == "too_long":
        return f"at most {context['max_length']:,} are allowed"
    if kind == "enum":
        return f"{context['expected']} is allowed"
    if kind == "string_pattern_mismatch" and context.get("pattern") == "^[A-Z]{3}$":
        return "three capital letters are required, such as EUR"
    message = details["msg"]
    return message[:1].lower() + message[1:].replace("Input", "it")


def _number(bound: float) -> str:
    if bound == MIN_HORIZON_YEARS:
        return f"{bound:.3g} (one day)"
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:,.4g}"
