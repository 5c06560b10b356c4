"""Content in English and Arabic, the templates it is made from, and what it came to."""

import datetime
import random
from decimal import Decimal
from typing import Any, Final, NamedTuple

from config.sample.story import Story, backdate, count, key, near
from personalization import prompts
from personalization.models import Campaign, Content, ContentTemplate, PersonalizedContent


class Text(NamedTuple):
    """A piece of content, and how many days ago it was published (None: not yet)."""

    kind: str
    language: str
    title: str
    text: str
    days: int | None


class Pattern(NamedTuple):
    """A template, and what its variables may be."""

    name: str
    kind: str
    category: str
    prompt: str
    choices: dict[str, tuple[str, ...]]


_TEXTS: Final = (
    Text("blog", "en", "How we roast Khawlani beans",
     ("Khawlani coffee grows on the terraces of Jazan, between Sabya and the clouds. We roast it "
     "light, so that the cardamom you add is not the only thing you taste."), 61),
    Text("blog", "ar", "البن الخولاني: من جازان إلى فنجانك",
     ("ينمو البن الخولاني على مدرّجات جازان منذ قرون. نحمّصه تحميصًا فاتحًا ليبقى طعم الأرض حاضرًا، "
     "ثم يصلكم خلال يوم واحد داخل الرياض."), 60),
    Text("social", "ar", "كوب قبل الإفطار بدقيقة",
     "التمر أولًا، ثم القهوة. شاركونا صورة سفرتكم واستخدموا وسم محمصة نخلة.", 47),
    Text("social", "en", "Eight evenings, eight brews",
     "Tonight: the V60. Twenty grams, water just off the boil, three minutes and a friend.", 33),
    Text("email", "ar", "عرض الجملة لمقاهي الرياض",
     ("السلام عليكم، نوصل الحبوب مرتين في الأسبوع، وندرّب فريقكم على المعايرة دون مقابل. "
     "هل يناسبكم أن نزوركم الأحد؟"), 28),
    Text("email", "en", "Your first order is roasted to order",
     "Thank you for writing to us. Tell us how you brew and we choose the roast.", 26),
    Text("ad_copy", "ar", "تُحمّص اليوم وتصل غدًا", "قهوة مختصة طازجة إلى باب بيتك. اطلب الآن.", 24),
    Text("ad_copy", "en", "Fresh beans for cafés", "Two deliveries a week. Training included.", 22),
    Text("landing_page", "ar", "هدايا الشركات قبل رمضان",
     "علب مصممة باسم شركتكم، بتمور وقهوة ودلّة. الحد الأدنى خمسون علبة، والتسليم خلال أسبوعين.", 21),
    Text("landing_page", "en", "Wholesale beans in Riyadh and Jeddah",
     "A roast of your own, prices with VAT, and a barista trainer for your team.", 38),
    Text("blog", "ar", "كيف تختار مطحنة منزلية؟",
     "المطحنة أهم من آلة القهوة. نقارن ثلاث مطاحن متوفرة في السوق السعودي حسب الطحنة والسعر.", 12),
    Text("social", "ar", "افتتاح فرع الخبر", "نراكم على الكورنيش من الخامسة مساءً حتى الواحدة.", 5),
    Text("blog", "en", "What Vision 2030 means for coffee farms",
     "Jazan plans to more than double its coffee. We visited three farms to see how.", None),
    Text("email", "ar", "اشتقنا لكم", "مرّ شهر على آخر طلب. هذا خصم عشرة بالمئة لعودتكم.", None),
)  # fmt: skip
_TEMPLATES: Final = (
    Pattern("Product post", "social", "launch",
     "Write a warm Instagram post in {language} about {product} for people in {city}.",
     {"language": ("Arabic", "English"), "city": ("Riyadh", "Jeddah", "Khobar"),
      "product": ("Khawlani filter", "gift box", "cold brew")}),
    Pattern("رسالة متابعة", "email", "follow_up",
     "اكتب رسالة ودّية إلى {name} بعد زيارته لموقعنا، واذكر {offer}.",
     {"name": ("أبو فهد", "نورة", "سلمان"), "offer": ("التوصيل المجاني", "جلسة تذوّق")}),
    Pattern("Search advertisement", "ad_copy", "search",
     "Three headlines of 30 characters for {product} in {city}, no superlatives.",
     {"product": ("fresh beans", "wholesale coffee"), "city": ("Riyadh", "Dammam")}),
    Pattern("Ramadan page", "landing_page", "season",
     "A landing page in Arabic for {audience} in Ramadan; respectful, no music, no rush.",
     {"audience": ("companies", "families")}),
    Pattern("Photo of the cup", "image", "visual",
     "A cup of {drink} on a brass tray, morning light, no people.",
     {"drink": ("Saudi coffee", "espresso")}),
    Pattern("وصف فيديو قصير", "video", "visual",
     "فيديو من خمس عشرة ثانية يصوّر {step} في المحمصة.", {"step": ("التحميص", "التعبئة")}),
)  # fmt: skip
_TYPICAL: Final = {  # click-through rate and the share of clicks that convert
    "social": (0.019, 0.03), "email": (0.041, 0.06), "ad_copy": (0.032, 0.05),
    "landing_page": (0.12, 0.04), "image": (0.015, 0.02), "video": (0.023, 0.03),
}  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("content")
    campaigns = list(Campaign.objects.filter(workspace=story.workspace).order_by("id"))
    Content.objects.bulk_create(
        _text(story, dice, campaigns[number % len(campaigns)], each)
        for number, each in enumerate(_TEXTS)
    )
    for number, each in enumerate(_TEMPLATES):
        template = _template(story, dice, number, each)
        _use(story, dice, template, each.choices, campaigns)
    backdate(story, Content, ContentTemplate, PersonalizedContent)
    return count({}, story, Content, ContentTemplate, PersonalizedContent)


def _text(story: Story, dice: random.Random, campaign: Campaign, told: Text) -> Content:
    published = story.ago(told.days, 20) if told.days is not None else None
    at = (published or story.ago(4, 12)) - datetime.timedelta(hours=dice.randint(3, 40))
    return Content(
        id=key(at, dice),
        workspace=story.workspace,
        campaign=campaign,
        content_type=told.kind,
        title=told.title,
        content=told.text,
        metadata={"language": told.language, "author": "reem"},
        performance_score=round(near(dice, 0.62, 0.4), 2) if published else None,
        generated_by="" if dice.random() < 0.6 else "content_agent",
        published_at=published,
    )


def _template(story: Story, dice: random.Random, number: int, told: Pattern) -> ContentTemplate:
    return ContentTemplate.objects.create(
        id=key(story.ago(58 - 4 * number, 13), dice),
        workspace=story.workspace,
        user=story.team.writer,
        created_by=story.team.writer,
        name=told.name,
        description=told.prompt[:60],
        template_type=told.kind,
        category=told.category,
        base_prompt=told.prompt,
        personalization_variables=prompts.variables_of(told.prompt),
        style_parameters={"tone": "warm", "dialect": "najdi"},
        performance_score=round(near(dice, 64), 1),
        success_rate=round(near(dice, 0.7), 2),
        target_industries=["food_and_beverage"],
        target_objectives=["sales", "engagement"],
        target_demographics={"age": "22-45"},
    )


def _use(
    story: Story,
    dice: random.Random,
    template: ContentTemplate,
    choices: dict[str, tuple[str, ...]],
    campaigns: list[Campaign],
) -> None:
    for _time in range(dice.randint(3, 6)):
        prompts.personalize(
            template=template,
            variables={name: dice.choice(some) for name, some in choices.items()},
            user=story.team.writer,
            campaign=dice.choice(campaigns),
            id=key(story.ago(dice.randint(1, 50), dice.randint(9, 18)), dice),
            **_figures(dice, template),
        )


def _figures(dice: random.Random, template: ContentTemplate) -> dict[str, Any]:
    ctr, converts = _TYPICAL[template.template_type]
    impressions = dice.randint(900, 30_000)
    clicks = int(impressions * near(dice, ctr, 0.4))
    return {
        "impressions": impressions,
        "clicks": clicks,
        "conversions": int(clicks * near(dice, converts, 0.4)),
        "engagement_score": round(near(dice, 58, 0.3), 1),
        "performance_vs_template": round(dice.uniform(-0.3, 0.5), 2),
        "targeting_configuration": {"country": "SA"},
        "generation_time": round(dice.uniform(1.5, 9), 2),
        "generation_cost": Decimal(dice.randint(40, 900)) / 10_000,
        "currency": "USD",
        "quality_score": round(near(dice, 80, 0.15), 1),
        "model_used": "gpt-4o-mini",
    }
