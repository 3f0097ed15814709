"""Stack Half-Life: when will each part of a technology stack force work, and what will it cost."""

__version__ = "0.1.0"
