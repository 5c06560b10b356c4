"""Who the sample's visitors are, where they live and what they look for."""

from typing import Final

GIVEN: Final = (
    "Abdullah", "Layan", "Omar", "Reem", "Sara", "Khalid", "Hessa", "Yousef", "Maha", "Tariq",
    "Nadia", "James", "Elena", "Priya", "Mona", "Badr", "Faisal", "Noura", "Salman", "Lama",
    "Majed", "Dana", "Rakan", "Haifa", "Ziyad", "Amal", "Oliver", "Sofia", "Arjun", "Mei",
)  # fmt: skip
FAMILY: Final = (
    "Al-Ghamdi", "Al-Dosari", "Haddad", "Khan", "Al-Shehri", "Walker", "Mansour", "Al-Zahrani",
    "Petrova", "Farouk", "Al-Mutairi", "Al-Qahtani", "Iyer", "Chen", "Al-Anazi", "Rossi",
)  # fmt: skip
# As people write their own names who write Arabic; the others write theirs in Latin letters.
IN_ARABIC: Final = {
    "Abdullah": "عبدالله", "Layan": "ليان", "Omar": "عمر", "Reem": "ريم", "Sara": "سارة",
    "Khalid": "خالد", "Hessa": "حصة", "Yousef": "يوسف", "Maha": "مها", "Tariq": "طارق",
    "Nadia": "نادية", "Mona": "منى", "Badr": "بدر", "Faisal": "فيصل", "Noura": "نورة",
    "Salman": "سلمان", "Lama": "لمى", "Majed": "ماجد", "Dana": "دانة", "Rakan": "راكان",
    "Haifa": "هيفاء", "Ziyad": "زياد", "Amal": "أمل", "Al-Ghamdi": "الغامدي",
    "Al-Dosari": "الدوسري", "Haddad": "حداد", "Khan": "خان", "Al-Shehri": "الشهري",
    "Mansour": "منصور", "Al-Zahrani": "الزهراني", "Farouk": "فاروق", "Al-Mutairi": "المطيري",
    "Al-Qahtani": "القحطاني", "Al-Anazi": "العنزي",
}  # fmt: skip
COMPANIES: Final = (
    "مقهى ركن الضيافة", "شركة أفق الخليج", "بيت الهدايا", "مؤسسة درب العود",
    "Dar Al Qahwa", "Najd Logistics", "Red Sea Ventures", "Qimam Clinic", "Bayt Design",
    "Tuwaiq Software", "Asir Honey", "Gulf Gate Trading", "Diriyah Events", "Salam Pharmacy",
)  # fmt: skip
JOBS: Final = ("Marketing manager", "Owner", "Operations lead", "Buyer", "Founder", "Analyst")
CITIES: Final = ("Riyadh", "Jeddah", "Dammam", "Makkah", "Madinah", "Abha", "Dubai", "Kuwait City")
SOURCES: Final = ("google", "instagram", "newsletter", "linkedin", "tiktok", "")
SEGMENTS: Final = ("new", "returning", "loyal", "at risk", "")
PAGES: Final = ("/", "/services", "/pricing", "/about", "/contact", "/ar/", "/ar/contact")
# Of the template that the small sample is made from.
ROASTERY: Final = ("/", "/menu", "/contact")
AGENTS: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
    "Mozilla/5.0 (Linux; Android 15; SM-S928B) AppleWebKit/537.36 Chrome/130.0 Mobile",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Version/18.0 Safari/605.1",
)
