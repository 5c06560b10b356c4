import datetime
from typing import Final, Literal

from pydantic import Field

from journeys.workflows.step import Outcome, Run, Step

LONGEST_WAIT: Final = 90 * 24 * 3600


class Wait(Step):
    """Let time pass before the next step."""

    kind: Literal["wait"] = "wait"
    seconds: int = Field(ge=1, le=LONGEST_WAIT)

    def run(self, run: Run) -> Outcome:
        return Outcome(resume_at=run.now + datetime.timedelta(seconds=self.seconds))
