"""What the consultant has read of the roastery: a handbook, market notes, past campaigns."""

from typing import Final

from config.sample.story import Story, backdate, count, key
from conversations import knowledge
from conversations.models import KnowledgeChunk, KnowledgeDocument

# Title, language, source, category, tags, days ago, paragraphs.
_DOCUMENTS: Final = (
    ("Roasts and prices", "en", "document", "product_docs", ("roast", "price"), 62, (
        ("Khawlani from Jazan, light roast, 78 SAR for 250 grams. Cardamom is ground with it on "
        "request. We roast on Sundays and Wednesdays."),
        ("Wholesale begins at five kilograms a week: 110 SAR a kilogram, VAT included, delivered "
        "twice a week within Riyadh, once in Jeddah and Khobar."),
        ("Gift boxes hold coffee, dates from Al-Qassim and a dallah. Fifty boxes at least; a "
        "company's name on the box takes two weeks."),
    )),
    ("صوت العلامة", "ar", "user_generated", "product_docs", ("brand", "صوت"), 55, (
        "نكتب كما نتحدث مع ضيف: ترحيب قصير، ثم المعلومة، بلا مبالغة. لا نستخدم كلمة «فاخر».",
        ("في رمضان نكتب عن الليل والعائلة، ولا ننشر صور الطعام نهارًا. نكتب الأرقام بالريال مع "
        "ضريبة القيمة المضافة."),
    )),
    ("Coffee in the Gulf, autumn", "en", "web_scraped", "market_trends", ("market", "gulf"), 30, (
        ("Specialty cafés open fastest in the Eastern Province. Home brewing grows with it: "
        "grinders sell out before machines do."),
        ("Evenings carry two thirds of the orders, and in Ramadan nearly all of them between the "
        "late prayer and the morning meal."),
    )),
    ("محامص جدة: الأسعار والتوصيل", "ar", "web_scraped", "competitor_intel", ("جدة", "توصيل"), 24, (
        "ثلاث محامص توصل مجانًا من مئة ريال خلال يومين. أسعار الربع كيلو بين 70 و95 ريالًا.",
        "لا أحد منها يدرّب فريق المقهى ضمن السعر، وهذا ما يميّز عرض الجملة عندنا.",
    )),
    ("National Day campaign: what came of it", "en", "document", "campaign_history",
     ("campaign", "national day"), 40, (
        ("Search brought four fifths of the orders at half of the cost. The film was watched to "
        "its end by one in five."),
        "Next year: begin a week earlier, and write the Arabic lines first.",
    )),
)  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("knowledge")
    for title, language, source, category, tags, days, paragraphs in _DOCUMENTS:
        knowledge.save(
            document=KnowledgeDocument(
                id=key(story.ago(days, 10), dice),
                workspace=story.workspace,
                title=title,
                language=language,
                source=source,
                category=category,
                tags=list(tags),
                body="\n\n".join(paragraphs),
            )
        )
    backdate(story, KnowledgeDocument)
    return count({}, story, KnowledgeDocument, KnowledgeChunk)
