"""What the editor's scripts say, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, str]:
    """Sentences by the names that the scripts know; `{…}` is filled in there."""
    return {
        **_of_saving(),
        **_of_sections(),
        **_of_fields(),
        **_of_pages(),
        **_of_design(),
    }


def _of_saving() -> dict[str, str]:
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet"),
        "offline": _("Offline, kept on this device"),
        "faulty": _("Not saved: something is to be mended"),
        "stale": _("Not saved: somebody else has saved"),
        "signedOut": _("You are signed out. Sign in in another tab; what you typed is kept here."),
        "forbidden": _("You may no longer edit this site. What you typed is kept on this device."),
        "failed": _("Something went wrong here. What you typed is kept; it is tried again."),
        "unkept": _("This browser keeps nothing on the device: do not leave before it is saved."),
        "readOnly": _("You may look, not edit"),
        "resumed": _("What you typed before was kept here, and goes on from there."),
        "undone": _("Undone"),
        "redone": _("Done again"),
        "unsavedUnpublished": _(
            "What you changed is not saved yet, so nothing can be published now."
        ),
        "kept": _("Kept as version {number}"),
        "decide": _("Decide"),
        "lookingAtTheirs": _("This is what somebody else has saved. Yours is kept."),
        "theirsTaken": _("Theirs is here now. Yours is among the versions."),
    }


def _of_sections() -> dict[str, str]:
    return {
        "moveUp": _("Move up"),
        "moveDown": _("Move down"),
        "duplicate": _("Duplicate"),
        "hide": _("Hide"),
        "show": _("Show"),
        "delete": _("Delete"),
        "drag": _("Drag to move"),
        "hidden": _("hidden"),
        "moved": _("{name} is now {place} of {count}"),
        "deleted": _("{name} deleted"),
        "undo": _("Undo"),
        "added": _("{name} added"),
        "noSections": _("This page is empty. Add its first section."),
        "unknownKind": _("A section of a kind that is not known here"),
        "select": _("Choose a section, in the list or on the page, to change it."),
    }


def _of_fields() -> dict[str, str]:
    return {
        "content": _("Content"),
        "moreLook": _("More of its look"),
        "add": pgettext("a piece to a list", "Add"),
        "remove": _("Remove"),
        "none": pgettext("no picture or part", "None"),
        "address": _("Address"),
        "pageOfSite": _("A page of this site"),
        "elsewhere": _("Another address"),
        "addressHint": _("https://…, mailto:…, tel:… or #section"),
        "choosePicture": _("Choose a picture"),
        "noPicture": _("No picture"),
        "change": _("Change"),
        "perScreen": _("Different by screen"),
        "base": _("Phone"),
        "medium": _("Tablet"),
        "wide": _("Desktop"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "heading": _("Heading"),
        "list": _("List"),
        "quote": _("Quotation"),
        "ownLanguage": _("What is not filled in here is shown in {language}."),
        "more": _("More"),
        "upload": _("Upload a picture"),
        "aboutPicture": _("Description of {name}, and what stays in sight"),
        "focalHint": _("Press on what must stay in sight where the picture is cut."),
        "across": _("Across"),
        "down": _("Down"),
        "altIn": _("Description in {language}"),
        "save": _("Save"),
        "back": _("Back"),
    }


def _of_pages() -> dict[str, str]:
    return {
        "newPage": _("New page"),
        "pageDeleted": _("The page “{name}” was deleted"),
        "pageBack": _("The page is back"),
        "pageOptions": _("Title and address of {name}"),
        "languageAdded": _("The site is in {language} too. Put its words in."),
        "notInLanguage": _("This page has no title in this language yet."),
    }


def _of_design() -> dict[str, str]:
    return {
        "designTitle": _("The look of the whole site"),
        "colours": _("Colours"),
        "type": _("Type"),
        "spacing": _("Spacing"),
        "designTheirs": _("Somebody else has changed the design: theirs is here now."),
        "ratio": _("Contrast {ratio} : 1"),
        "enough": _("reads well"),
        "low": _("hard to read"),
        "designSaved": _("The design is saved"),
        "palettes": _("Sets of colours"),
        "pairs": _("Pairs of typefaces"),
        "latin": _("For Latin"),
        "arabic": _("For Arabic"),
        "ofTheSystem": _("The system’s"),
        "size": _("Size"),
        "weight": _("Weight"),
        "lineHeight": _("Line height"),
        "on": _("{one} on {other}"),
    }
