"""The console: what django-unfold shows around every page."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def environment_badge(request: HttpRequest) -> list[str] | None:
    """The label beside the title, such as `staging`; none where ENVIRONMENT_LABEL is empty."""
    from django.conf import settings

    label: str = settings.ENVIRONMENT_LABEL
    return [label, "warning"] if label else None


def _page(title: Any, icon: str, model: str) -> dict[str, Any]:
    """A line of the sidebar, shown to whoever may look at the page (`app_model`)."""

    def may_look(request: HttpRequest) -> bool:
        from django.apps import apps
        from django.contrib import admin

        page: Any = admin.site.get_model_admin(apps.get_model(model.replace("_", ".", 1)))
        return bool(page.has_view_permission(request))

    link = reverse_lazy(f"admin:{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": may_look}


def workspace_choices(request: HttpRequest) -> list[dict[str, Any]]:
    """The switcher in the header: the workspaces that this person may look at."""
    tenancy = getattr(request, "tenancy", None)
    if tenancy is None or request.user.is_superuser:
        return []
    return [
        {
            "title": choice.name,
            "icon": "check" if choice.slug == tenancy.slug else "domain",
            "link": f"{reverse_lazy('console-workspace')}?slug={choice.slug}",
        }
        for choice in tenancy.choices
    ]


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Halfhour",
    "SITE_HEADER": "Halfhour",
    "SITE_SYMBOL": "timelapse",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("accounts/icon.svg"),
        }
    ],
    "STYLES": [
        lambda request: static("analytics/console.css"),
        lambda request: static("analytics/rtl.css"),
    ],
    "SITE_DROPDOWN": workspace_choices,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "ENVIRONMENT": "config.console.environment_badge",
    "DASHBOARD_CALLBACK": "analytics.admin.first_page.dashboard_callback",
    "COMMAND": {"search_models": True, "show_history": False},
    "COLORS": {
        "primary": {
            "50": "oklch(97.6% .012 55)",
            "100": "oklch(94.6% .03 55)",
            "200": "oklch(89% .06 55)",
            "300": "oklch(82% .09 53)",
            "400": "oklch(73% .125 50)",
            "500": "oklch(62% .135 47)",
            "600": "oklch(52% .125 45)",
            "700": "oklch(44% .105 44)",
            "800": "oklch(38% .085 43)",
            "900": "oklch(33% .068 43)",
            "950": "oklch(24% .05 42)",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    {
                        "title": _("Overview"),
                        "icon": "space_dashboard",
                        "link": reverse_lazy("admin:index"),
                    }
                ]
            },
            {
                "title": _("Sites"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Projects"), "web", "builder_project"),
                    _page(_("Templates"), "dashboard_customize", "builder_template"),
                    _page(_("Releases"), "rocket_launch", "builder_release"),
                    _page(_("Schedules"), "schedule", "builder_releaseschedule"),
                    _page(_("Journeys"), "route", "journeys_userjourneytracking"),
                    _page(_("Journey steps"), "footprint", "journeys_journeyevent"),
                    _page(_("Sitemaps"), "lan", "builder_sitemap"),
                    _page(_("Wireframes"), "web_asset", "builder_wireframe"),
                    _page(_("Style guides"), "palette", "builder_styleguide"),
                    _page(_("Components"), "widgets", "builder_componentintelligence"),
                    _page(_("Addresses"), "link", "builder_siteaddress"),
                    _page(_("Domains"), "language", "builder_sitedomain"),
                    _page(_("Redirects"), "turn_right", "builder_siteredirect"),
                    _page(_("Site passwords"), "lock", "builder_sitepassword"),
                    _page(_("Pictures"), "image", "builder_image"),
                    _page(_("Files of pictures"), "photo_library", "builder_imagerendition"),
                    _page(_("Files"), "draft", "builder_releasefile"),
                    _page(_("Quality"), "verified", "builder_qualitymeasurement"),
                    _page(_("Versions"), "difference", "builder_versionhistory"),
                    _page(_("Comments"), "comment", "builder_comment"),
                    _page(_("Bin"), "delete", "builder_binnedproject"),
                    _page(_("Builder sessions"), "construction", "builder_buildersession"),
                    _page(_("Template metadata"), "straighten", "builder_templateaimetadata"),
                    _page(_("Training examples"), "model_training", "builder_aitrainingdata"),
                    _page(_("Analysis models"), "neurology", "builder_analysismodel"),
                ],
            },
            {
                "title": _("Visitors"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Leads"), "person_raised_hand", "journeys_lead"),
                    _page(_("Contacts"), "contacts", "journeys_contact"),
                    _page(_("Events"), "bolt", "journeys_event"),
                    _page(_("Intake"), "move_to_inbox", "journeys_ingestcount"),
                ],
            },
            {
                "title": _("Automation"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Workflows"), "account_tree", "journeys_workflow"),
                    _page(_("Connections"), "cable", "journeys_componentworkflowconnection"),
                    _page(_("Suggestions"), "lightbulb", "journeys_workflowsuggestion"),
                    _page(_("Executions"), "history", "journeys_workflowexecution"),
                    _page(_("Mail"), "mail", "journeys_mailmessage"),
                    _page(_("Enrichment"), "person_search", "journeys_contactworkflowenrichment"),
                ],
            },
            {
                "title": _("Conversations"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Conversations"), "forum", "conversations_conversation"),
                    _page(_("Turns"), "chat_bubble", "conversations_conversationturn"),
                    _page(_("States"), "flag", "conversations_conversationstate"),
                    _page(_("Agent interactions"), "smart_toy", "conversations_agentinteraction"),
                    _page(_("Insights"), "lightbulb", "conversations_marketinginsight"),
                    _page(_("Knowledge"), "menu_book", "conversations_knowledgedocument"),
                    _page(_("Pieces of knowledge"), "dataset", "conversations_knowledgechunk"),
                ],
            },
            {
                "title": _("Analytics"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Traffic"), "monitoring", "analytics_trafficrollup"),
                    _page(_("Workflow figures"), "analytics", "analytics_workflowanalytics"),
                    _page(_("Performance"), "speed", "analytics_performancemetrics"),
                    _page(_("Users’ days"), "calendar_month", "analytics_useranalytics"),
                    _page(_("Platform"), "dns", "analytics_systemmetrics"),
                ],
            },
            {
                "title": _("Personalization"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Campaigns"), "campaign", "personalization_campaign"),
                    _page(_("Advertising"), "ads_click", "personalization_adcampaign"),
                    _page(
                        _("Campaign settings"),
                        "tune",
                        "personalization_campaignpersonalizationsettings",
                    ),
                    _page(_("Content"), "article", "personalization_content"),
                    _page(_("Content templates"), "stylus_note", "personalization_contenttemplate"),
                    _page(
                        _("Personalized content"),
                        "auto_awesome",
                        "personalization_personalizedcontent",
                    ),
                    _page(
                        _("Recommendations"),
                        "lightbulb",
                        "personalization_campaignrecommendation",
                    ),
                    _page(_("Insights"), "insights", "personalization_learninginsight"),
                    _page(_("Patterns"), "pattern", "personalization_performancepattern"),
                    _page(_("Behaviour"), "psychology", "personalization_behaviorpattern"),
                    _page(_("Past campaigns"), "hub", "personalization_campaignembedding"),
                    _page(_("Marketing profiles"), "badge", "personalization_metauserprofile"),
                ],
            },
            {
                "title": _("Experiments"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Tests"), "science", "experiments_abtest"),
                    _page(_("Variations"), "alt_route", "experiments_testvariation"),
                    _page(_("Results"), "fact_check", "experiments_testresult"),
                ],
            },
            {
                "title": _("Workspace"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Workspaces"), "domain", "accounts_workspace"),
                    _page(_("API keys"), "key", "accounts_apikey"),
                    _page(_("Credentials"), "lock", "accounts_credential"),
                    _page(_("Invitations"), "forward_to_inbox", "accounts_invitation"),
                    _page(_("Users"), "group", "accounts_user"),
                    _page(_("Profiles"), "badge", "accounts_userprofile"),
                    _page(_("Cultures"), "public", "accounts_culturalcontext"),
                    _page(_("Audit"), "policy", "accounts_auditentry"),
                ],
            },
            {
                "title": _("Privacy"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(_("Data exports"), "folder_zip", "accounts_dataexport"),
                    _page(_("Erasures"), "person_off", "accounts_erasurerequest"),
                    _page(_("Suppressions"), "block", "accounts_suppression"),
                ],
            },
        ],
    },
}
