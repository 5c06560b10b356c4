"""Taking a person out of documents and texts that are not theirs. Pure.

The rule: an object that has one of the person's addresses as a value (a form's answers) is about
them, and all its values go, the names of its fields stay. Elsewhere, in a longer text, the address
itself is taken out.
"""

import re
from collections.abc import Collection
from typing import Any, Final

ERASED: Final = "[erased]"


def redact_text(text: str, addresses: Collection[str]) -> str:
    """The text without the addresses, in whatever case they are written."""
    if not addresses:
        return text
    pattern = "|".join(re.escape(address) for address in sorted(addresses, key=len, reverse=True))
    # Not within a longer address: anna@x.sa is not joanna@x.sa.
    return re.sub(rf"(?<![\w.+-])(?:{pattern})(?![\w-])", ERASED, text, flags=re.IGNORECASE)


def redact_document(document: Any, addresses: Collection[str]) -> Any:
    """A JSON document without the person; what does not mention them is as it was."""
    if isinstance(document, str):
        return redact_text(document, addresses)
    if isinstance(document, list):
        return [redact_document(item, addresses) for item in document]
    if not isinstance(document, dict):
        return document
    about = any(_is_address(value, addresses) for value in document.values())
    return {
        redact_text(key, addresses): _emptied(value) if about else redact_document(value, addresses)
        for key, value in document.items()
    }


def _is_address(value: Any, addresses: Collection[str]) -> bool:
    if isinstance(value, list):
        return any(_is_address(item, addresses) for item in value)
    return isinstance(value, str) and value.strip().lower() in addresses


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _emptied(item) for key, item in value.items()}
    if isinstance(value, list):
        return []
    return value if value is None or isinstance(value, bool) else ERASED


def excerpts(document: Any, addresses: Collection[str]) -> list[Any]:
    """What of a document is about the person: the objects that have an address, or the sentences.

    The same places that `redact_document` changes, and nothing of the rest, which may be another's.
    """
    if isinstance(document, str):
        return [document] if redact_text(document, addresses) != document else []
    if isinstance(document, list):
        return [found for item in document for found in excerpts(item, addresses)]
    if not isinstance(document, dict):
        return []
    if any(_is_address(value, addresses) for value in document.values()):
        return [document]
    return [found for item in document.values() for found in excerpts(item, addresses)]
