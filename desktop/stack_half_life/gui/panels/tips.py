"""Tool tips of texts that people and files bring along."""

from html import escape


def plain_tip(text: str) -> str:
    """A tool tip that shows a text as it is, wrapped: Qt would take some texts for rich ones."""
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if text else ""
