"""What the templates' trades are called for people."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRADES: Final[dict[str, str | Promise]] = {
    "saas": _("Software service"),
    "mobile app": _("Mobile app"),
    "ai product": _("AI product"),
    "developer docs": _("Developer documentation"),
    "agency": _("Agency"),
    "freelancer": _("Freelancer"),
    "photographer": _("Photographer"),
    "architect": _("Architect"),
    "architecture": _("Architecture"),
    "consultant": _("Consultant"),
    "coach": _("Coach"),
    "law": _("Law"),
    "finance": _("Finance"),
    "insurance": _("Insurance"),
    "real estate": _("Real estate"),
    "construction": _("Construction"),
    "logistics": _("Logistics"),
    "recruitment": _("Recruitment"),
    "restaurant": _("Restaurant"),
    "café": _("Café"),
    "coffee roastery": _("Coffee roastery"),
    "demand analytics": _("Demand analytics"),
    "hotel": _("Hotel"),
    "travel": _("Travel"),
    "salon": _("Salon"),
    "gym": _("Gym"),
    "clinic": _("Clinic"),
    "dentist": _("Dentist"),
    "pharmacy": _("Pharmacy"),
    "course": _("Course"),
    "event": _("Event"),
    "wedding": _("Wedding"),
    "nonprofit": _("Nonprofit"),
    "mosque and community": _("Mosque and community"),
    "store": _("Store"),
    "product launch": _("Product launch"),
    "blog": _("Blog"),
    "newsletter": _("Newsletter"),
    "waitlist": _("Waitlist"),
}


def trade_name(trade: str) -> str | Promise:
    """A trade in the reader's language, or as the template has it."""
    return TRADES.get(trade.casefold(), trade)
