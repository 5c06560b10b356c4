"""Talks with the consultant in English and Arabic, what its agents did, and what it found."""

import datetime
import random
from decimal import Decimal
from typing import Any, Final, NamedTuple

from config.sample.dialogues import DIALOGUES, Dialogue, Turn
from config.sample.story import Story, backdate, count, key, near
from conversations import handoffs, insights, lifecycle, turns
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
    MarketingInsight,
)

# A master hands over to whoever knows; calls of an API, and whose.
_APIS: Final = {"perplexity": ["perplexity", "openai"], "seranking": ["seranking", "openai"]}
_NAMES: Final = {
    "master": "master_agent", "cultural_context": "cultural_context_agent",
    "perplexity": "perplexity_agent", "seranking": "seranking_agent",
    "data_synthesis": "data_synthesis_agent",
}  # fmt: skip
_WORK: Final = {
    "master": "routing", "cultural_context": "analysis", "perplexity": "tool_call",
    "seranking": "tool_call", "data_synthesis": "synthesis",
}  # fmt: skip


class Found(NamedTuple):
    """What the consultant found out: on what data, how sure, worth how much, days ago."""

    kind: str
    title: str
    text: str
    data: dict[str, Any]
    sure: float
    priority: str
    status: str
    returns: float | None
    days: int


_FOUND: Final = (
    Found("market_trend", "Specialty coffee grows fastest outside Riyadh",
     "Searches for roasters rose most in the Eastern Province and in Asir.",
     {"change": 0.34}, 0.81, "high", "active", 0.4, 7),
    Found("competitor", "منافسان خفّضا رسوم التوصيل",
     "محمصتان في جدة توصلان مجانًا من مئة ريال.", {"from": 100}, 0.77, "high", "active", 0.2, 10),
    Found("audience", "Gifts are bought by companies, not people",
     "Two thirds of the enquiries for boxes come from human resources departments.",
     {"share": 0.66}, 0.74, "medium", "implemented", 1.3, 31),
    Found("cultural", "مواعيد النشر في رمضان",
     "ذروة التفاعل بين التراويح والسحور، لا قبل الإفطار.", {"hours": [22, 26]}, 0.9, "critical",
     "implemented", 0.8, 40),
    Found("seo", "The page for wholesale has no Arabic title",
     "Half of the searches for wholesale are in Arabic.", {"share": 0.51}, 0.86, "medium",
     "active", 0.5, 4),
    Found("budget", "Fridays cost twice and bring nothing",
     "Before the afternoon prayer clicks are dear and few.", {"factor": 2.1}, 0.69, "medium",
     "dismissed", 0.3, 22),
    Found("content", "وصفات التقطير تُحفظ أكثر من غيرها",
     "منشورات الوصفات تُحفظ أربع مرات أكثر من صور المنتجات.", {"factor": 4}, 0.72, "low",
     "expired", None, 58),
    Found("campaign", "Retarget those who read prices",
     "Whoever reads the prices twice orders within four days, or not at all.",
     {"days": 4}, 0.66, "medium", "active", 0.9, 2),
)  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("talks")
    for number, dialogue in enumerate(DIALOGUES):
        _hold(story, dice, number, dialogue)
    for found in _FOUND:
        _find(story, dice, found)
    backdate(
        story, Conversation, ConversationState, ConversationTurn, AgentInteraction,
        MarketingInsight,
    )  # fmt: skip
    return count(
        {}, story, Conversation, ConversationTurn, ConversationState, AgentInteraction,
        MarketingInsight,
    )  # fmt: skip


def _hold(story: Story, dice: random.Random, number: int, dialogue: Dialogue) -> None:
    at = story.ago(dialogue.days, dice.randint(9, 21), dice.randrange(60))
    if dialogue.days == 0:
        at = story.lately(3)
    talk = lifecycle.start(
        workspace=story.workspace,
        user=getattr(story.team, dialogue.who),
        now=at,
        session_id=f"sample-{number}",
        id=key(at, dice),
        title=dialogue.title,
        conversation_type=dialogue.kind,
        primary_goal=dialogue.goal,
        summary=dialogue.summary,
    )
    ConversationState.objects.filter(conversation=talk).update(id=key(at, dice))
    for turn in dialogue.turns:
        at += datetime.timedelta(seconds=dice.randint(25, 140))
        _say(dice, talk, at, turn, language=dialogue.language)
    _end(story, dice, talk, dialogue, at)


def _say(
    dice: random.Random, talk: Conversation, at: datetime.datetime, said: Turn, *, language: str
) -> None:
    role, agent, text, stage = said
    fields: dict[str, Any] = {"id": key(at, dice), "language": language}
    if role == "assistant":
        fields |= _answered(dice, agent, text)
        handoffs.hand_over(conversation=talk, to=_NAMES[agent], reason=_WORK[agent], now=at)
        _work(dice, talk, at, fields)
    else:
        fields |= {"intent_detected": "question", "sentiment_score": round(dice.random() - 0.2, 2)}
    if stage:
        fields["conversation_stage_transition"] = stage
        state = lifecycle.enter_state(conversation=talk, name=stage, now=at)
        ConversationState.objects.filter(pk=state.pk).update(
            id=key(at, dice), completion_percentage=0 if state.is_completed else 60
        )
    turn = turns.add_turn(conversation=talk, role=role, content=text, now=at, **fields)
    if role == "assistant" and dice.random() < 0.4:
        liked = dice.random() < 0.85
        turns.rate(
            turn=turn,
            user_rating=dice.randint(4, 5) if liked else dice.randint(1, 3),
            user_feedback="helpful" if liked else "not_helpful",
        )


def _answered(dice: random.Random, agent: str, text: str) -> dict[str, Any]:
    """What an answer took: longer and dearer where other people's machines were asked."""
    apis = _APIS.get(agent, ["openai"])
    tokens = 180 + 3 * len(text.split()) + dice.randint(200, 900)
    return {
        "agent_name": _NAMES[agent],
        "agent_type": agent,
        "agent_confidence": round(near(dice, 0.82, 0.15), 2),
        "cultural_context_applied": agent == "cultural_context",
        "processing_time_ms": dice.randint(700, 1_900) + 1_800 * (len(apis) - 1),
        "tokens_used": tokens,
        "cost_usd": Decimal(tokens * len(apis)) / 250_000,
        "external_apis_used": apis,
    }


def _work(
    dice: random.Random, talk: Conversation, at: datetime.datetime, answer: dict[str, Any]
) -> None:
    failed = dice.random() < 0.06
    AgentInteraction.objects.create(
        id=key(at, dice),
        workspace_id=talk.workspace_id,
        conversation=talk,
        agent_name=answer["agent_name"],
        agent_type=answer["agent_type"],
        agent_version="1.0",
        interaction_type=_WORK[answer["agent_type"]],
        input_data={"language": answer["language"]},
        output_data={} if failed else {"turns": 1},
        execution_time_ms=answer["processing_time_ms"],
        success=not failed,
        error_message="The answer took longer than 30 seconds; asked again." if failed else "",
        confidence_score=answer["agent_confidence"],
        tokens_consumed=answer["tokens_used"],
        api_calls_made=len(answer["external_apis_used"]),
        cost_incurred=answer["cost_usd"],
    )


def _end(
    story: Story, dice: random.Random, talk: Conversation, dialogue: Dialogue,
    at: datetime.datetime,
) -> None:  # fmt: skip
    judged: dict[str, Any] = {}
    if dialogue.status == "completed":
        lifecycle.complete(conversation=talk, now=at + datetime.timedelta(minutes=1))
        judged = {
            "user_satisfaction_score": dice.randint(7, 10),
            "conversation_quality_score": round(near(dice, 84, 0.1), 1),
            "business_value_generated": dialogue.value,
            "key_outcomes": [dialogue.goal],
        }
    elif dialogue.status == "abandoned":
        lifecycle.abandon(conversation=talk)
        judged = {"follow_up_required": True, "follow_up_date": story.until}
    if judged:
        Conversation.objects.filter(pk=talk.pk).update(**judged)


def _find(story: Story, dice: random.Random, told: Found) -> None:
    at = story.ago(told.days, 12)
    made = MarketingInsight.objects.create(
        id=key(at, dice),
        workspace=story.workspace,
        user=dice.choice([story.team.manager, story.team.performance]),
        insight_type=told.kind,
        title=told.title,
        description=told.text,
        insight_data=told.data,
        confidence_score=told.sure,
        priority=told.priority,
        data_sources=["events", "campaigns"],
        generated_by_agent="data_synthesis_agent",
        estimated_impact=dice.choice(["medium", "high"]),
        implementation_effort=dice.choice(["low", "medium"]),
        estimated_roi=told.returns,
        user_rating=dice.randint(3, 5) if told.status != "active" else None,
        expires_at=at + datetime.timedelta(days=45),
    )
    if told.status != "active":
        insights.move(insight=made, status=told.status, now=at + datetime.timedelta(days=2))
