from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.actions import retrieve_record
from accounts.api.base import (
    WorkspaceRelatedField,
    WorkspaceSerializer,
    workspace_id_of,
)
from accounts.models import User, Workspace
from builder import locales, previews, projects, publishing, site_addresses, storable, trash
from builder.api import examples, project_files
from builder.api.access import ProjectRows, person_of, require_remover
from builder.api.collaborators import Collaborators
from builder.api.faults import NothingToPublish, refuse
from builder.api.figures import DAYS, ProjectStatsSerializer, days_of
from builder.api.sites import ReleaseSerializer
from builder.api.summaries import SitemapSummary, TemplateSummary
from builder.api.versions import AT, MOMENT, Versions, as_of
from builder.models import Language, Project, Release, Template
from builder.project_stats import project_stats


class ProjectSerializer(WorkspaceSerializer):
    site_url = serializers.SerializerMethodField(help_text="Where visitors find the site.")
    site_path_url = serializers.SerializerMethodField(
        help_text="The same site by path, where hosts of sites are not set up."
    )
    is_live = serializers.BooleanField(read_only=True)

    class Meta:
        model = Project
        fields = [
            "id",
            "name",
            "slug",
            "description",
            "type",
            "status",
            "language",
            "is_public",
            "template",
            "current_sitemap",
            "live_release",
            "is_live",
            "site_url",
            "site_path_url",
            "data",
            "settings",
            "version",
            "owner",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "template", "current_sitemap", "live_release", "version", "owner",
        ]  # fmt: skip

    def validate_status(self, status: str) -> str:
        if self.instance is not None and not self.instance.may_become(status):
            text = f"A project that is {self.instance.status} does not become {status} like this."
            raise serializers.ValidationError(text, code="transition")
        return status

    def validate_settings(self, settings: Any) -> Any:
        """The site's other languages are checked; what else is there is the client's own."""
        own = self.instance.language if self.instance is not None else ""
        language = str(self.initial_data.get("language", own))
        refuse(storable.faults(settings) or locales.settings_faults(settings, language=language))
        return settings

    def validate_data(self, data: Any) -> Any:
        """Whatever the client keeps there, as long as any reader can hold it."""
        refuse(storable.faults(data))
        return data

    def update(self, instance: Project, validated_data: dict[str, Any]) -> Project:
        """A new slug moves the site; its old address redirects."""
        slug = validated_data.pop("slug", instance.slug)
        if slug != instance.slug:
            try:
                site_addresses.rename(project=instance, slug=slug)
            except site_addresses.AddressError as error:
                refuse(error.faults)
        updated: Project = super().update(instance, validated_data)
        return updated

    def get_site_url(self, project: Project) -> str:
        return projects.site_url(project=project)

    def get_site_path_url(self, project: Project) -> str:
        return projects.path_url(project=project)


class NewProjectSerializer(serializers.Serializer[Project]):
    template = WorkspaceRelatedField(queryset=Template.objects.all())
    name = serializers.CharField(max_length=120)
    language = serializers.ChoiceField(
        choices=Language.choices, required=False, help_text="Default: the template's."
    )


class PublishSerializer(serializers.Serializer[Project]):
    note = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text="What changed."
    )
    locales = serializers.ListField(
        child=serializers.ChoiceField(choices=Language.choices),
        required=False,
        allow_null=True,
        default=None,
        allow_empty=False,
        max_length=len(Language),
        help_text="Only these languages; the others stay as visitors see them. Default: all.",
    )


class RollbackSerializer(serializers.Serializer[Project]):
    release = WorkspaceRelatedField(queryset=Release.objects.published())


class PreviewSerializer(serializers.Serializer[previews.Preview]):
    release = serializers.UUIDField(source="release.pk")
    url = serializers.URLField()
    expires_at = serializers.DateTimeField()


FROM_TEMPLATE = OpenApiExample(
    "From a template", value={"template": examples.SOME_ID, "name": "Dune House"}, request_only=True
)
NOTE = OpenApiExample("With a note", value={"note": "New fees"}, request_only=True)
EARLIER = OpenApiExample(
    "To an earlier release", value={"release": examples.SOME_ID}, request_only=True
)

REFUSED = {
    409: OpenApiResponse(description="The project has no page."),
    422: OpenApiResponse(description="The project has faults; `errors` says where."),
}


@project_files.described(ProjectSerializer)
@examples.shown_by(partial_update=examples.PROJECT)
class ProjectViewSet(
    project_files.ProjectFiles, Versions, Collaborators, ProjectRows, viewsets.ModelViewSet[Project]
):
    """Sites in the making, and making them live."""

    queryset = Project.objects.prefetch_related("addresses", "domains").order_by("-id")
    serializer_class = ProjectSerializer
    project_path = "pk"
    filterset_fields = ["status", "language", "type", "owner", "template", "slug", "is_public"]
    search_fields = ["name", "slug", "description"]
    ordering_fields = ["name", "updated_at"]
    expandable = {
        "template": TemplateSummary,
        "current_sitemap": SitemapSummary,
        "live_release": ReleaseSerializer,
    }
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    @extend_schema(parameters=[MOMENT])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the project; with `at` as it was then, with all of its documents."""
        if AT in request.query_params:
            return as_of(self, request)
        return retrieve_record(self, request)

    @extend_schema(
        request=NewProjectSerializer, responses={201: ProjectSerializer}, examples=[FROM_TEMPLATE]
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a project from a template."""
        form = NewProjectSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        project = projects.create_from_template(
            workspace=Workspace.objects.get(pk=workspace_id_of(request)),
            owner=person_of(request),
            **form.validated_data,
        )
        return self.made(project)

    def perform_destroy(self, instance: Project) -> None:
        """Put the project into the bin (`projects/bin/`): for admins, and for whoever owns it."""
        require_remover(self.request, instance)
        trash.put(project=instance, by=_user(self.request), now=timezone.now())

    @extend_schema(parameters=[DAYS], responses=ProjectStatsSerializer)
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def stats(self, request: Request, **kwargs: Any) -> Response:
        """Figures of the project: what it has, and what was done in it."""
        found = project_stats(project=self.get_object(), days=days_of(request), now=timezone.now())
        return Response(ProjectStatsSerializer(found).data)

    @extend_schema(request=None, responses=ProjectSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put the project aside; its site is closed as long."""
        project = projects.archive(project=self.get_object())
        return Response(self.get_serializer(project).data)

    @extend_schema(request=None, responses=ProjectSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Take an archived project up again; what was live before is live again."""
        project = projects.restore(project=self.get_object())
        return Response(self.get_serializer(project).data)

    @extend_schema(
        request=PublishSerializer, responses={200: ReleaseSerializer, **REFUSED},
        examples=[NOTE],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, **kwargs: Any) -> Response:
        """Make the project live as it stands. What has not changed makes no new release."""
        form = PublishSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        project = self.get_object()
        try:
            release = publishing.publish(
                project=project, user=_user(request), **form.validated_data
            )
        except publishing.NothingToPublishError as error:
            raise NothingToPublish(error) from error
        return Response(ReleaseSerializer(release, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=ProjectSerializer)
    @action(detail=True, methods=["post"])
    def unpublish(self, request: Request, **kwargs: Any) -> Response:
        """Take the site down; its addresses answer 410."""
        project = publishing.unpublish(project=self.get_object())
        return Response(self.get_serializer(project).data)

    @extend_schema(
        request=RollbackSerializer, responses={200: ProjectSerializer, **REFUSED},
        examples=[EARLIER],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def rollback(self, request: Request, **kwargs: Any) -> Response:
        """Make an earlier release live again."""
        form = RollbackSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        project = publishing.rollback(
            project=self.get_object(), release=form.validated_data["release"]
        )
        return Response(self.get_serializer(project).data)

    @extend_schema(request=None, responses={201: PreviewSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, **kwargs: Any) -> Response:
        """Render the project as it stands, for whoever has the link."""
        try:
            preview = previews.create(project=self.get_object(), user=_user(request))
        except publishing.NothingToPublishError as error:
            raise NothingToPublish(error) from error
        return Response(PreviewSerializer(preview).data, status.HTTP_201_CREATED)


def _user(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None
