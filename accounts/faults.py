"""What is wrong with a document, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a JSON document.

    `pointer` is a JSON Pointer (RFC 6901) into the document, `code` a stable machine-readable word,
    `detail` a sentence for people.
    """

    pointer: str
    code: str
    detail: str

    def under(self, prefix: str) -> "Fault":
        """Return the same fault of a document that holds this one at the pointer `prefix`."""
        return Fault(pointer=prefix + self.pointer, code=self.code, detail=self.detail)


def json_pointer(parts: Iterable[str | int]) -> str:
    """Join the steps into a document to a JSON Pointer (RFC 6901, section 3)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
