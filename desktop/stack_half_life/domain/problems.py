"""What is wrong with a value, in one sentence fit to show beside the field."""

from pydantic import ValidationError

_COMPARISONS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def first_problem(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Where the first problem lies (keys and indices) and a sentence on what is allowed."""
    details = error.errors(include_url=False)[0]
    kind, context = details["type"], details.get("ctx", {})
    where = tuple(details["loc"])
    if kind == "value_error":
        return where, str(context["error"])
    if kind in _COMPARISONS:
        bound, words = _COMPARISONS[kind]
        return where, f"{words} {context[bound]:,} is allowed"
    if kind == "string_too_short":
        return where, "this cannot be empty"
    if kind == "string_too_long":
        return where, f"at most {context['max_length']:,} characters are allowed"
    if kind == "too_long":
        return where, f"at most {context['max_length']:,} are allowed"
    if kind == "extra_forbidden":
        return where, "there is no such key"
    if kind == "missing":
        return where, "this is required"
    if kind == "finite_number":
        return where, "a finite number is required"
    if kind == "string_pattern_mismatch" and context.get("pattern") == "^[A-Z]{3}$":
        return where, "three capital letters are required, such as EUR"
    message = details["msg"]
    return where, message[:1].lower() + message[1:].replace("Input", "it")
