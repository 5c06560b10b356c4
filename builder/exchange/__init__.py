"""Documents and whole projects as files that other programs read (docs/formats.md)."""

from builder.exchange.formats import FORMATS, ExchangeError, Format

__all__ = ["FORMATS", "ExchangeError", "Format"]
