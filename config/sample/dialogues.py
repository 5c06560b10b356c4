"""What was said in the sample's talks with the consultant."""

from dataclasses import dataclass
from typing import Final

# Who speaks, which agent, the words, and the stage that the turn leads to.
Turn = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A talk so many days ago, 0 being the last hours; `who` is a place in the team."""

    who: str
    days: int
    kind: str
    status: str
    language: str
    title: str
    goal: str
    summary: str
    turns: tuple[Turn, ...]
    value: str = ""


def _user(text: str, stage: str = "") -> Turn:
    return "user", "", text, stage


def _agent(text: str, agent: str = "master", stage: str = "") -> Turn:
    return "assistant", agent, text, stage


DIALOGUES: Final = (
    Dialogue(
        who="owner", days=63, kind="onboarding", status="completed", language="ar",
        title="التعارف", goal="معرفة العمل والسوق", value="خطة أول ثلاثة أشهر",
        summary="محمصة في الرياض تبيع للأفراد والمقاهي، وتريد عملاء جملة في جدة.",
        turns=(
            _agent("أهلًا بكم في نصف ساعة. حدّثوني عن عملكم: ماذا تبيعون ولمن؟"),
            _user("محمصة قهوة مختصة في الرياض، نبيع للبيوت وللمقاهي.", "personal_info"),
            _agent("جميل. كم مقهى تزوّدون اليوم، وأين تريدون أن تكبروا؟",
                   stage="business_discovery"),
            _user("عشرون مقهى في الرياض، ونريد جدة والخبر هذا العام."),
            _agent("راجعت موقعكم: النموذج في آخر الصفحة، ولا عنوان عربي لصفحة الجملة.",
                   "seranking", "website_analysis"),
            _agent("ثلاث محامص في جدة توصل مجانًا من مئة ريال، وأسعارها أعلى من أسعاركم بقليل.",
                   "perplexity", "competitor_analysis"),
            _user("وماذا عن رمضان؟"),
            _agent("في رمضان ينتقل الشراء إلى الليل. انشروا بعد التراويح وتجنّبوا صور الأكل نهارًا.",
                   "cultural_context", "data_synthesis"),
            _agent("اقتراحي: حملة جملة على لينكدإن، وصفحة هدايا بالعربية، واختبار لعنوان الصفحة.",
                   "data_synthesis", "recommendations"),
        ),
    ),
    Dialogue(
        who="performance", days=41, kind="campaign_planning", status="completed", language="en",
        title="Wholesale leads in Riyadh and Jeddah", goal="Forty qualified leads in two months",
        value="A campaign of 38,000 SAR", summary="LinkedIn first, search second, a trainer as the "
        "offer.",
        turns=(
            _user("We need café owners in Riyadh and Jeddah. Budget 38,000 riyals."),
            _agent("What does a café bring you in a year, and how many of ten leads sign?"),
            _user("About 30,000 a year, two of ten."),
            _agent("Then a lead may cost 900 riyals and still pay within four months.",
                   "data_synthesis"),
            _user("Which platform?"),
            _agent("LinkedIn reaches 4,100 owners and managers of cafés in both cities; search in "
                   "Arabic adds about 900 searches a month with little competition.", "seranking"),
            _agent("Offer the barista training first: relationship before price is how wholesale "
                   "is sold here.", "cultural_context"),
            _user("Good. Write it up as a campaign, please."),
            _agent("Done: the campaign is a draft with both platforms and a budget of 60 to 40.",
                   "data_synthesis"),
        ),
    ),
    Dialogue(
        who="writer", days=33, kind="content_creation", status="completed", language="ar",
        title="نصوص صفحة الهدايا", goal="صفحة هدايا بالعربية", value="صفحة جاهزة للنشر",
        summary="ثلاثة عناوين ونص للدعوة.",
        turns=(
            _user("أحتاج عنوانًا لصفحة هدايا الشركات قبل رمضان."),
            _agent("ثلاثة اقتراحات: «هدية تُشرب معًا»، «علبة باسمكم»، «رمضان يبدأ بفنجان»."),
            _user("الثاني أقرب. هل يناسب شركات حكومية؟"),
            _agent("نعم، وأنصح بالابتعاد عن كلمة «فاخر» وبذكر الفاتورة الضريبية.",
                   "cultural_context"),
            _user("ممتاز، ونص الزر؟"),
            _agent("«اطلب عرض سعر» أوضح من «تواصل معنا»، وجرّبوه في اختبار."),
        ),
    ),
    Dialogue(
        who="manager", days=20, kind="performance_review", status="completed", language="en",
        title="October in figures", goal="Where the money went", value="6,000 SAR moved",
        summary="Fridays cost twice; the budget moves to evenings.",
        turns=(
            _user("How did we do in October?"),
            _agent("Visits rose by a fifth, leads by a third. Search brought four leads in ten.",
                   "data_synthesis"),
            _user("Where do we waste money?"),
            _agent("On Fridays before 16:00 clicks cost twice as much and bring no forms.",
                   "data_synthesis"),
            _user("Move it to the evenings then."),
            _agent("I suggest Sunday to Wednesday, 20:00 to 23:00: that is where forms are sent."),
        ),
    ),
    Dialogue(
        who="analyst", days=14, kind="consultation", status="abandoned", language="en",
        title="Which test next?", goal="The next test", summary="",
        turns=(
            _user("We have traffic for one more test. What should it be?"),
            _agent("The page for gifts has the most visits and the lowest rate. Test its picture."),
            _user("How long would it take?"),
            _agent("At 80 people a day and three variations about five weeks.", "data_synthesis"),
        ),
    ),
    Dialogue(
        who="owner", days=8, kind="consultation", status="active", language="ar",
        title="فرع الخبر", goal="افتتاح الفرع", summary="",
        turns=(
            _user("نفتتح فرع الخبر بعد شهر. ماذا نفعل أولًا؟"),
            _agent("ابدؤوا بخرائط جوجل وبمن يتابعكم من المنطقة الشرقية: نحو ألف ومئتي متابع.",
                   "perplexity"),
            _user("وهل ندعو المؤثرين؟"),
            _agent("ادعوا أصحاب المقاهي قبل المؤثرين، فالعلاقة تسبق الإعلان.", "cultural_context",
                   "business_discovery"),
        ),
    ),
    Dialogue(
        who="performance", days=4, kind="campaign_planning", status="active", language="en",
        title="Grinder launch in the Gulf", goal="200 preorders", summary="",
        turns=(
            _user("We launch a home grinder in Dubai, Kuwait and Riyadh. How do we start?"),
            _agent("With a waiting list: a page in both languages, and a price for the first 200."),
            _user("Would Product Hunt help?"),
            _agent("It brings early adopters, few of them in the Gulf. Use a tenth of the budget.",
                   "perplexity", "competitor_analysis"),
            _user("And the wording in Arabic?"),
            _agent("Say «مطحنة» and not «جرايندر», and name the size of the kitchen it fits.",
                   "cultural_context"),
        ),
    ),
    Dialogue(
        who="writer", days=0, kind="support", status="active", language="ar",
        title="أين أغيّر اللغة؟", goal="تغيير لغة الموقع", summary="",
        turns=(
            _user("كيف أضيف نسخة إنجليزية من الموقع؟"),
            _agent("من إعدادات المشروع، ثم أنشئوا مشروعًا من القالب نفسه بالإنجليزية."),
        ),
    ),
)  # fmt: skip
