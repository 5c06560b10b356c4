"""What can go wrong with an embedded server."""


class ServiceError(Exception):
    """An embedded server cannot do what was asked; the text is one line with the remedy."""
