"""Code to read and to copy: several files, or one thing in several languages."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from builder.sections.code_sample.highlighting import highlighted
from builder.sections.props import Heading, Kind, Label, Line, Link, OptionalLine, Part
from builder.sections.section import Section

Language = Literal[
    "text", "bash", "console", "css", "go", "html", "http", "ini", "java", "javascript", "json",
    "kotlin", "php", "python", "ruby", "rust", "sql", "swift", "toml", "typescript", "xml", "yaml",
]  # fmt: skip


class File(Part):
    """A piece of code; `name` is its file's or its language's, as visitors choose it."""

    name: Line
    language: Annotated[Language, Label(title=_("Written in"))] = "text"
    code: Annotated[
        str, Kind("prose"), StringConstraints(min_length=1, max_length=12_000), Label(_("The code"))
    ]
    caption: OptionalLine = ""

    @property
    def html(self) -> SafeString:
        """The code as HTML, its kinds of words marked."""
        return highlighted(self.code.strip("\n"), language=self.language)


class Props(Heading):
    """`stack` sets files one below another, `tabs` shows the one that is chosen, `beside` sets the
    words at the side of the code, `terminal` looks like one."""

    variant: Literal["stack", "tabs", "beside", "terminal"] = "stack"
    files: Annotated[tuple[File, ...], Field(min_length=1, max_length=8)]
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()
    note: OptionalLine = ""


SECTION = Section(
    type="CodeSample",
    name=_("Code sample"),
    icon="code",
    props=Props,
    folder=Path(__file__).parent,
    variants=("stack", "tabs", "beside", "terminal"),
)
