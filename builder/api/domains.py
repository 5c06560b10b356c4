"""How a site is reached: hosts of the customer's own, redirects, its password."""

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import WorkspaceRelatedField, WorkspaceSerializer, WorkspaceViewSet
from builder import dns_records, domains, hosts, redirects, site_passwords
from builder.api import examples
from builder.api.faults import refuse
from builder.api.summaries import ProjectSummary
from builder.models import Project, SiteDomain, SitePassword, SiteRedirect


def _stays(serializer: serializers.BaseSerializer[Any], attributes: dict[str, Any]) -> None:
    """Refuse to give a record to another project."""
    if serializer.instance is not None and "project" in attributes:
        raise serializers.ValidationError({"project": "It stays with its project."})


class RecordSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="TXT, CNAME, A or AAAA.")
    name = serializers.CharField()
    value = serializers.CharField()
    proves = serializers.BooleanField(
        help_text="Whether this record verifies the domain; one that does is enough."
    )


class SiteDomainSerializer(WorkspaceSerializer):
    # As a person writes it; what is kept is its one spelling.
    host = serializers.CharField(max_length=253, help_text="Such as www.example.com.")
    readable_host = serializers.SerializerMethodField(help_text="The host in its own letters.")
    is_verified = serializers.BooleanField(read_only=True)
    failure_text = serializers.CharField(source="get_failure_display", read_only=True)
    records = serializers.SerializerMethodField(help_text="What to set in the domain's DNS.")

    class Meta:
        model = SiteDomain
        fields = [
            "id", "project", "host", "readable_host", "is_primary", "redirects", "is_verified",
            "verified_at", "method", "records", "failure", "failure_text", "failure_detail",
            "failing_since", "last_checked_at", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "verified_at", "method", "failure", "failure_detail", "failing_since",
            "last_checked_at",
        ]  # fmt: skip

    def get_readable_host(self, domain: SiteDomain) -> str:
        return hosts.readable(domain.host)

    @extend_schema_field(RecordSerializer(many=True))
    def get_records(self, domain: SiteDomain) -> Any:
        return RecordSerializer(dns_records.records(domain), many=True).data

    def validate_host(self, host: str) -> str:
        try:
            return hosts.normalise(host)
        except hosts.HostError as error:
            fault = error.faults[0]
            raise serializers.ValidationError(fault.detail, code=fault.code) from error

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        _stays(self, attributes)
        if self.instance is not None and "host" in attributes:
            raise serializers.ValidationError({"host": "Claim the other host as a new domain."})
        return attributes


@examples.shown_by(create=examples.DOMAIN, partial_update={"is_primary": True})
class SiteDomainViewSet(WorkspaceViewSet):
    """Hosts of the customer's own. A site is found there once the host is verified, by either of
    its `records` that prove it; the platform looks for them by itself, and at once by `verify`.
    """

    queryset = (
        SiteDomain.objects.select_related("project")
        .prefetch_related("project__addresses")
        .order_by("-id")
    )
    serializer_class = SiteDomainSerializer
    filterset_fields = ["project", "host", "is_primary", "failure"]
    search_fields = ["host"]
    expandable = {"project": ProjectSummary}

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        try:
            serializer.instance = domains.claim(**serializer.validated_data)
        except domains.DomainError as error:
            refuse(error.faults)

    def perform_update(self, serializer: serializers.BaseSerializer[Any]) -> None:
        domain = self.get_object()
        changes = {
            name: serializer.validated_data.get(name, getattr(domain, name))
            for name in ("is_primary", "redirects")
        }
        serializer.instance = domains.change(domain=domain, **changes)

    @extend_schema(request=None, responses=SiteDomainSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, **kwargs: Any) -> Response:
        """Look the records up now; `is_verified` and `failure` say what was found."""
        domain = domains.verify(domain=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(domain).data)


class SiteRedirectSerializer(WorkspaceSerializer):
    class Meta:
        model = SiteRedirect
        fields = [
            "id", "project", "from_path", "to", "status", "replaces_page", "origin",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["origin"]
        # One redirect a path is asked of the rules below, where its spelling is one.
        validators: list[Any] = []

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        _stays(self, attributes)
        return attributes


class CSVParser(BaseParser):
    """A table as it was sent, as text."""

    media_type = "text/csv"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return stream.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise serializers.ValidationError("A table is text in UTF-8.") from error


class FaultSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportedRowSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(help_text="Of the file; the first names the columns.")
    status = serializers.ChoiceField(choices=["created", "changed", "unchanged", "error"])
    id = serializers.UUIDField(allow_null=True)
    errors = FaultSerializer(source="faults", many=True)  # type: ignore[assignment]


TABLE: Final = "from,to,status\n/old-menu,/menu,308\n/shop,https://shop.example.com/,302\n"


@examples.shown_by(create=examples.REDIRECT, partial_update={"to": "/menu"})
class SiteRedirectViewSet(WorkspaceViewSet):
    """Paths of a site that lead elsewhere. Visitors meet a change within a second."""

    queryset = SiteRedirect.objects.select_related("project").order_by("-id")
    serializer_class = SiteRedirectSerializer
    filterset_fields = ["project", "from_path", "status", "origin"]
    search_fields = ["from_path", "to"]
    expandable = {"project": ProjectSummary}
    bulk_create = True

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        values = serializer.validated_data
        workspace_id = values["project"].workspace_id
        serializer.instance = self._save(SiteRedirect(workspace_id=workspace_id, **values))

    def perform_update(self, serializer: serializers.BaseSerializer[Any]) -> None:
        redirect: SiteRedirect = self.get_object()
        for name, value in serializer.validated_data.items():
            setattr(redirect, name, value)
        serializer.instance = self._save(redirect)

    def _save(self, redirect: SiteRedirect) -> SiteRedirect:
        """Save one; of a bulk request the rules of a project are read once."""
        known: dict[Any, redirects.Rules] = self.__dict__.setdefault("_rules", {})
        if redirect.project_id not in known:
            known[redirect.project_id] = redirects.Rules.of(redirect.project)
        try:
            return redirects.save(redirect=redirect, rules=known[redirect.project_id])
        except redirects.RedirectError as error:
            refuse(error.faults)
            raise

    @extend_schema(
        request={"text/csv": str},
        responses=ImportedRowSerializer(many=True),
        parameters=[OpenApiParameter("project", str, required=True, description="Its id.")],
        examples=[OpenApiExample("A table", value=TABLE, media_type="text/csv", request_only=True)],
        filters=False,
    )
    @action(
        detail=False, methods=["post"], url_path="import", parser_classes=[CSVParser],
        pagination_class=None,
    )  # fmt: skip
    def load(self, request: Request, **kwargs: Any) -> Response:
        """Import a CSV with the columns `from`, `to` and, if need be, `status` and `replaces_page`.

        What became of each row is told; those without fault are stored.
        """
        form = _OfProject(
            data={"project": request.query_params.get("project")},
            context=self.get_serializer_context(),
        )
        form.is_valid(raise_exception=True)
        text = request.data if isinstance(request.data, str) else ""
        try:
            outcomes = redirects.load_csv(project=form.validated_data["project"], text=text)
        except redirects.RedirectError as error:
            refuse(error.faults)
            raise
        return Response(ImportedRowSerializer(outcomes, many=True).data)


class _OfProject(serializers.Serializer[Project]):
    project = WorkspaceRelatedField(queryset=Project.objects.all())


class SitePasswordSerializer(WorkspaceSerializer):
    password = serializers.CharField(
        write_only=True,
        trim_whitespace=False,
        min_length=site_passwords.SHORTEST,
        max_length=site_passwords.LONGEST,
        help_text="Only its hash is kept, and never shown.",
    )

    class Meta:
        model = SitePassword
        fields = ["id", "project", "password", "created_at", "updated_at"]
        # A site has one password: another takes its place.
        validators: list[Any] = []

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        _stays(self, attributes)
        return attributes


@examples.shown_by(create=examples.SITE_PASSWORD, partial_update={"password": "another door"})
class SitePasswordViewSet(WorkspaceViewSet):
    """Sites behind a password: who deletes one opens the site to everyone. A new password is asked
    of all visitors again.
    """

    queryset = SitePassword.objects.select_related("project").order_by("-id")
    serializer_class = SitePasswordSerializer
    filterset_fields = ["project"]
    expandable = {"project": ProjectSummary}

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        serializer.instance = site_passwords.set_password(**serializer.validated_data)

    def perform_update(self, serializer: serializers.BaseSerializer[Any]) -> None:
        record: SitePassword = self.get_object()
        given = serializer.validated_data.get("password")
        serializer.instance = (
            site_passwords.set_password(project=record.project, password=given) if given else record
        )

    def perform_destroy(self, instance: SitePassword) -> None:
        site_passwords.remove_password(project=instance.project)
