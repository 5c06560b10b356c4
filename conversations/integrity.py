"""What must hold of conversations, and no constraint can say."""

from collections.abc import Iterator
from typing import Final

from accounts.checking import Finding, checked, rows

_COUNTERS: Final = """
select c.id, format('counts %s turns (%s of the user, %s of agents); there are %s (%s, %s)',
    c.total_turns, c.user_messages_count, c.agent_messages_count,
    coalesce(t.turns, 0), coalesce(t.asked, 0), coalesce(t.answered, 0))
from conversations_conversation c left join (
    select conversation_id, count(*) as turns, count(*) filter (where role = 'user') as asked,
        count(*) filter (where role = 'assistant') as answered
    from conversations_conversationturn group by 1
) t on t.conversation_id = c.id
where (c.total_turns, c.user_messages_count, c.agent_messages_count)
    is distinct from (coalesce(t.turns, 0), coalesce(t.asked, 0), coalesce(t.answered, 0))
order by 1
"""
_GAPS: Final = """
select conversation_id, format('%s turns, the last of them is number %s', count(*),
    max(turn_number))
from conversations_conversationturn group by 1 having count(*) <> max(turn_number) order by 1
"""
# A millisecond is more than what is lost where floats are added up in another order.
_RESPONSE: Final = """
select c.id, format('says %s ms, its turns say %s ms', c.average_response_time, t.mean)
from conversations_conversation c left join (
    select conversation_id, avg(processing_time_ms)::float8 as mean
    from conversations_conversationturn where role = 'assistant' group by 1
) t on t.conversation_id = c.id
where (c.average_response_time is null) <> (t.mean is null)
    or abs(c.average_response_time - t.mean) > 1
order by 1
"""
_STATES: Final = """
select c.id, format('is %s with %s present states', c.status, count(s.id))
from conversations_conversation c
left join conversations_conversationstate s on s.conversation_id = c.id and not s.is_completed
where c.status in ('active', 'completed')
group by c.id having count(s.id) <> (c.status = 'active')::int order by 1
"""
_UNCUT: Final = """
select d.id, 'has a text and no pieces' from conversations_knowledgedocument d
where d.body ~ '[^[:space:]]'
and not exists (select from conversations_knowledgechunk k where k.document_id = d.id) order by 1
"""


@checked(
    name="conversations.counters_agree",
    title="A conversation counts the turns that it has",
    mend="Set total_turns, user_messages_count and agent_messages_count to what there is.",
)
def counters_that_differ() -> Iterator[Finding]:
    return rows("conversations.Conversation", _COUNTERS)


@checked(
    name="conversations.turns_have_no_gap",
    title="Turns are numbered from 1 without a gap",
    mend="A turn was deleted by hand: restore it from a backup, or number those after it anew.",
)
def conversations_with_gaps() -> Iterator[Finding]:
    return rows("conversations.Conversation", _GAPS)


@checked(
    name="conversations.response_time_agrees",
    title="A conversation's average response time is that of its agents' turns",
    mend="Set average_response_time to the mean of processing_time_ms.",
)
def response_times_that_differ() -> Iterator[Finding]:
    return rows("conversations.Conversation", _RESPONSE)


@checked(
    name="conversations.state_agrees",
    title="A conversation that goes on is in one state, a completed one in none",
    mend="Reopen and end the conversation in the console.",
)
def states_that_differ() -> Iterator[Finding]:
    return rows("conversations.Conversation", _STATES)


@checked(
    name="conversations.document_has_its_pieces",
    title="A document is cut into pieces by which the consultant finds it",
    mend="Change the document's text in the console or over the API: it is cut anew.",
)
def documents_without_pieces() -> Iterator[Finding]:
    return rows("conversations.KnowledgeDocument", _UNCUT)
