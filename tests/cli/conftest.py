"""The fixtures of the commands."""

from tests.command_fixtures import engine, original, photo, photos

__all__ = ["engine", "original", "photo", "photos"]
