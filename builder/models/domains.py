"""Hosts of the customers' own, redirects, and passwords that sites are behind."""

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenCharField, TenantForeignKey, TenantModel

# Labels of a host as DNS has them: lower-case, in punycode where they are not ASCII (RFC 5891).
HOST = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"


def new_token() -> str:
    """What a domain's owner puts into its DNS: 128 random bits."""
    return secrets.token_hex(16)


class SiteDomain(TenantModel):
    """A host of the customer's own, at which a project's site is found once it is verified.

    A verified host is unique over all workspaces, an unverified one only within its own: to claim
    a host keeps nobody else from it.
    """

    class Method(models.TextChoices):
        TXT = "txt", _("TXT record")
        CNAME = "cname", _("CNAME record")

    class Failure(models.TextChoices):
        NOT_FOUND = "not_found", _("There is no such name in DNS.")
        NO_RECORD = "no_record", _("Neither record is there yet.")
        WRONG_RECORD = "wrong_record", _("A record is there, but says something else.")
        TIMEOUT = "timeout", _("The domain's name servers did not answer in time.")
        SERVER_FAILED = "server_failed", _("The domain's name servers answered with an error.")
        TAKEN = "taken", _("Another site has this domain, and its record still stands.")

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="domains",
        verbose_name=_("project"),
    )
    host = models.CharField(
        _("host"),
        max_length=253,
        validators=[RegexValidator(HOST)],
        help_text=_("Such as www.example.com; letters beyond ASCII are kept in punycode."),
    )
    is_primary = models.BooleanField(
        _("primary"),
        default=False,
        help_text=_("Once verified, the address that the site gives as its own."),
    )
    redirects = models.BooleanField(
        _("leads on"),
        default=True,
        help_text=_("Visitors are sent on to the site's primary address, where this is another."),
    )
    token = models.CharField(_("token"), max_length=32, default=new_token, editable=False)
    method = models.CharField(
        _("verified by"), max_length=5, choices=Method, blank=True, default="", editable=False
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, editable=False)
    last_checked_at = models.DateTimeField(_("last checked at"), null=True, editable=False)
    failing_since = models.DateTimeField(
        _("failing since"),
        null=True,
        editable=False,
        help_text=_("Since when a verified host's record has been missing."),
    )
    failure = models.CharField(
        _("failure"), max_length=13, choices=Failure, blank=True, default="", editable=False
    )
    failure_detail = models.CharField(
        _("what was found"), max_length=500, blank=True, default="", editable=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(host__regex=HOST), name="builder_sitedomain_host"
            ),
            models.UniqueConstraint(fields=["workspace", "host"], name="builder_sitedomain_once"),
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(verified_at__isnull=False),
                name="builder_sitedomain_verified",
            ),
            models.UniqueConstraint(
                fields=["workspace", "project"],
                condition=models.Q(is_primary=True),
                name="builder_sitedomain_one_primary",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "project"], name="builder_domain_of_project"),
            # The clock asks over all workspaces for what was checked longest ago.
            models.Index(
                models.F("last_checked_at").asc(nulls_first=True), name="builder_domain_to_check"
            ),
        ]

    def __str__(self) -> str:
        return self.host

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None


class SiteRedirect(TenantModel):
    """A path of a site that leads elsewhere."""

    class Status(models.IntegerChoices):
        MOVED = 301, _("301 moved for good")
        FOUND = 302, _("302 for now")
        TEMPORARY = 307, _("307 for now, same method")
        PERMANENT = 308, _("308 moved for good, same method")

    class Origin(models.TextChoices):
        HAND = "hand", _("by hand")
        IMPORT = "import", _("imported")
        MOVE = "move", _("a page moved")

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="redirects",
        verbose_name=_("project"),
    )
    from_path = models.CharField(
        _("from path"), max_length=500, help_text=_("A path of the site, such as /old-menu.")
    )
    to = models.CharField(
        _("to"),
        max_length=2048,
        help_text=_("A path of the site, or a whole address such as https://example.com/menu."),
    )
    status = models.PositiveSmallIntegerField(_("status"), choices=Status, default=Status.PERMANENT)
    replaces_page = models.BooleanField(
        _("replaces a page"),
        default=False,
        help_text=_("It holds although the site has a page at this path."),
    )
    origin = models.CharField(
        _("origin"), max_length=6, choices=Origin, default=Origin.HAND, editable=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[301, 302, 307, 308]),
                name="builder_siteredirect_status",
            ),
            models.CheckConstraint(
                condition=models.Q(from_path__startswith="/") & ~models.Q(from_path=models.F("to")),
                name="builder_siteredirect_path",
            ),
            models.UniqueConstraint(
                fields=["workspace", "project", "from_path"], name="builder_siteredirect_once"
            ),
        ]

    def __str__(self) -> str:
        return self.from_path


class SitePassword(TenantModel):
    """The password that a project's site is behind; only its hash is kept, and never shown."""

    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="site_passwords",
        verbose_name=_("project"),
    )
    password = HiddenCharField(_("password"), max_length=128)
    version = models.CharField(
        _("version"),
        max_length=32,
        default=new_token,
        editable=False,
        help_text=_("Changes with the password; what let a visitor in before does so no more."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("site password")
        verbose_name_plural = _("site passwords")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "project"], name="builder_sitepassword_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.project_id)
