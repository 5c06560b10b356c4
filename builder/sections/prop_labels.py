"""What props and their choices are called: one name for one thing in all sections."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROPS: Final[Mapping[str, str | Promise]] = {
    "action": _("Action"),
    "actions": _("Actions"),
    "alt": _("Description for those who do not see it"),
    "amounts": _("Amounts"),
    "answer": _("Answer"),
    "art": _("Drawing"),
    "author": _("Who says it"),
    "autocomplete": _("What browsers fill in"),
    "brand": _("Name instead of the site's"),
    "caption": _("Caption"),
    "cells": _("Cells"),
    "columns": _("Columns"),
    "consent": _("Consent"),
    "currency": _("Currency"),
    "details": _("Details"),
    "entries": _("Entries"),
    "eyebrow": _("Line above the title"),
    "facts": _("Facts"),
    "featured": _("Set off from the others"),
    "fields": _("Fields"),
    "figures": _("Figures"),
    "file": _("File"),
    "greeting": _("Greeting"),
    "groups": _("Groups"),
    "half": _("Half as wide"),
    "height": _("Height in pixels"),
    "hidden": _("Hidden"),
    "hint": _("Hint"),
    "href": _("Address"),
    "image": _("Image"),
    "includes": _("What it includes"),
    "items": _("Pieces"),
    "kind": _("Kind"),
    "label": _("Label"),
    "links": _("Links"),
    "link": _("Link"),
    "logos": _("Names of customers"),
    "mark": _("Mark"),
    "name": _("Name"),
    "note": _("Note"),
    "of": _("Of how many"),
    "options": _("Options"),
    "period": _("Period"),
    "phone": _("Telephone number"),
    "picture": _("Picture"),
    "plans": _("Plans"),
    "price": _("Price"),
    "products": _("Products"),
    "question": _("Question"),
    "questions": _("Questions"),
    "quotes": _("Quotations"),
    "rating": _("Rating"),
    "ratings": _("Ratings"),
    "required": _("Must be filled in"),
    "role": _("Role and place"),
    "rows": _("Rows"),
    "services": _("Services"),
    "shown": _("Shown"),
    "space": _("Space"),
    "src": _("Address of the image"),
    "submit": _("Button"),
    "success_text": _("Text of thanks"),
    "success_title": _("Thanks"),
    "tabs": _("Tabs"),
    "text": _("Text"),
    "times": _("Times of day"),
    "title": _("Title"),
    "tone": _("Colours"),
    "track": _("Name for counting clicks"),
    "until": _("Until when"),
    "value": _("Value"),
    "variant": _("Look"),
    "whatsapp": _("WhatsApp number"),
    "width": _("Width in pixels"),
}
# What one piece of a list is called; else as the list.
ITEMS: Final[Mapping[str, str | Promise]] = {
    "actions": _("Action"),
    "amounts": _("Amount"),
    "cells": _("Cell"),
    "columns": _("Column"),
    "details": _("Detail"),
    "entries": _("Entry"),
    "facts": _("Fact"),
    "fields": _("Field"),
    "figures": _("Figure"),
    "groups": _("Group"),
    "includes": _("Line"),
    "items": _("Piece"),
    "links": _("Link"),
    "logos": _("Customer"),
    "options": _("Option"),
    "plans": _("Plan"),
    "products": _("Product"),
    "questions": _("Question"),
    "quotes": _("Quotation"),
    "ratings": _("Rating"),
    "rows": _("Row"),
    "services": _("Service"),
    "tabs": _("Tab"),
    "times": _("Time of day"),
}
# By prop and value where a value means different things, else by value.
CHOICES: Final[Mapping[str | tuple[str, str], str | Promise]] = {
    "accent": _("Accent"),
    "accordion": _("Opened one by one"),
    "band": _("Band"),
    "bar": _("Bar"),
    "card": _("Card"),
    "cards": _("Cards"),
    "centered": _("Centred"),
    "columns": _("Columns"),
    "feature": _("Beside their pictures"),
    "figures": _("Large figures"),
    "gallery": _("Gallery"),
    "grid": _("Grid"),
    "inverse": _("Inverse"),
    "list": _("List"),
    "menu": _("Menu"),
    "muted": _("Muted"),
    "plain": _("Plain"),
    "poster": _("Poster"),
    "quote": _("One large quotation"),
    "rows": _("Rows"),
    "split": _("Side by side"),
    "stacked": _("One below another"),
    "wordmark": _("Large name"),
    ("kind", "checkbox"): _("Box to tick"),
    ("kind", "email"): _("E-mail address"),
    ("kind", "select"): _("Choice from a list"),
    ("kind", "tel"): _("Telephone number"),
    ("kind", "text"): _("Line of text"),
    ("kind", "textarea"): _("Longer text"),
    ("space", "large"): pgettext_lazy("space", "Large"),
    ("space", "none"): pgettext_lazy("space", "None"),
    ("space", "normal"): pgettext_lazy("space", "Normal"),
    ("space", "small"): pgettext_lazy("space", "Small"),
}


def prop_label(prop: str) -> str:
    """The name of a prop in the active language."""
    return str(PROPS.get(prop) or _said(prop))


def item_label(prop: str) -> str:
    """What one piece of a list is called in the active language."""
    return str(ITEMS.get(prop) or prop_label(prop))


def choice_label(prop: str, value: str) -> str:
    """The name of a prop's value in the active language."""
    return str(CHOICES.get((prop, value)) or CHOICES.get(value) or _said(value))


def _said(name: str) -> str:
    """A name in words, translated where the catalogue knows it."""
    return _now(name.replace("_", " ").capitalize())
