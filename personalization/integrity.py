"""What must hold of campaigns and content, and no constraint can say."""

from collections.abc import Iterator
from typing import Final

from accounts.checking import Finding, checked, rows

# Content may be deleted, uses stay counted.
_USES: Final = """
select t.id, format('counts %s uses; there are %s pieces made from it', t.usage_count, p.pieces)
from personalization_contenttemplate t join (
    select template_id, count(*) as pieces from personalization_personalizedcontent
    where template_id is not null group by 1
) p on p.template_id = t.id
where t.usage_count < p.pieces order by 1
"""


@checked(
    name="personalization.uses_are_counted",
    title="A content template counts no fewer uses than there are pieces made from it",
    mend="Raise usage_count to the number of pieces.",
)
def templates_that_count_too_few() -> Iterator[Finding]:
    return rows("personalization.ContentTemplate", _USES)
