"""Where the sites are found: a host of their own, redirects, a password, a plan called off."""

import datetime
import secrets
from typing import Final

from builder import domains, redirects, schedules, site_passwords
from builder.models import Project, ReleaseSchedule, SiteDomain, SitePassword, SiteRedirect
from config.sample.story import Story, count

_MOVED: Final = (("/old-menu", "/menu"), ("/offers/ramadan", "/menu"), ("/call-us", "/contact"))


def fill(story: Story) -> dict[str, int]:
    """Nothing of it acts by itself: the host is unverified, the schedule was called off."""
    domains.claim(project=story.project, host=f"www.{story.workspace.slug}.nakhla.example")
    for old, new in _MOVED:
        redirects.save(
            redirect=SiteRedirect(
                workspace=story.workspace, project=story.project, from_path=old, to=new
            )
        )
    draft = Project.objects.filter(workspace=story.workspace, status="draft").order_by("id")[0]
    # Nobody is told it: whoever wants to look behind it sets another.
    site_passwords.set_password(project=draft, password=secrets.token_urlsafe(12))
    planned = schedules.schedule(
        project=story.project,
        action="publish",
        due_at=story.until + datetime.timedelta(days=9),
        user=story.team.manager,
        now=story.until,
        note="قائمة رمضان",
    )
    schedules.cancel(schedule=planned, now=story.until)
    return count({}, story, SiteDomain, SiteRedirect, SitePassword, ReleaseSchedule)
