"""Pages in parts: what stays the same for everyone, and the variants that are chosen from.

Every variant is rendered when the site is published, so that serving a decided page is putting
strings together. Where a page has such blocks, its release has beside it a document at
`BLOCKS + path`, which visitors cannot ask for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import orjson

from builder.sections.dynamic import DEFAULT

# A file's path in a release, before the page's own.
BLOCKS: Final = "/_hh/blocks"
CONTENT_TYPE: Final = "application/json"
# Stands for a block while its page is rendered: no document of a site can contain it.
_MARK: Final = "\x00"


@dataclass(frozen=True, slots=True)
class Block:
    """A dynamic component: its id and type, and the HTML of each variant, the default first."""

    id: str
    type: str
    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BlockedPage:
    """A page around its blocks: `parts` has one string more than `blocks`, in page order."""

    parts: tuple[str, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def read(cls, document: bytes) -> Self:
        stored = orjson.loads(document)
        return cls(
            parts=tuple(stored["parts"]), blocks=tuple(Block(**each) for each in stored["blocks"])
        )

    def document(self) -> bytes:
        """What a release keeps; the same page has the same bytes."""
        blocks = [
            {"id": block.id, "type": block.type, "variants": dict(block.variants)}
            for block in self.blocks
        ]
        return orjson.dumps({"parts": self.parts, "blocks": blocks})

    def html(self, choices: Mapping[str, str]) -> str:
        """The page with one variant a block; what is not named, or not known, is the default."""
        pieces = [self.parts[0]]
        for block, rest in zip(self.blocks, self.parts[1:], strict=True):
            chosen = choices.get(block.id, DEFAULT)
            pieces += (block.variants.get(chosen) or block.variants[DEFAULT], rest)
        return "".join(pieces)


def mark(component_id: str) -> str:
    """What stands in a rendered page for a block."""
    return f"{_MARK}{component_id}{_MARK}"


def split(html: str, blocks: Sequence[Block]) -> BlockedPage:
    """Take a rendered page apart at its marks; every block has one."""
    by_id = {block.id: block for block in blocks}
    pieces = html.split(_MARK)
    return BlockedPage(parts=tuple(pieces[::2]), blocks=tuple(by_id[name] for name in pieces[1::2]))
