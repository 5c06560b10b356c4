"""Pictures in the console: taken in, described, looked at."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage
from accounts.admin.links import related_link
from builder.admin.forms import refuse
from builder.images import answering, library
from builder.images.refusals import ENDINGS, ImageError
from builder.images.uses import uses
from builder.models import Image, ImageRendition, Project

_ACCEPTED: Final = ",".join(f".{each}" for endings in ENDINGS.values() for each in endings)
_LISTED, _SHOWN = 320, 960
_ALT: Final = {"alt_en": "en", "alt_ar": "ar"}


def _alt_field(label: Any, language: str) -> forms.CharField:
    attributes = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    widget = UnfoldAdminTextInputWidget(attrs=attributes)
    return forms.CharField(label=label, required=False, max_length=500, widget=widget)


class AltForm(forms.Form):
    """Alternative texts, a field for each language."""

    alt_en = _alt_field(_("Alternative text in English"), "en")
    alt_ar = _alt_field(_("Alternative text in Arabic"), "ar")

    def alt(self) -> dict[str, str]:
        given = {language: self.cleaned_data.get(name, "") for name, language in _ALT.items()}
        return {language: text for language, text in given.items() if text}


class DescriptionForm(AltForm, forms.ModelForm):  # type: ignore[type-arg]
    """What people say of a picture."""

    class Meta:
        model = Image
        fields = ["name", "project", "focal_x", "focal_y"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, language in _ALT.items():
            self.fields[name].initial = self.instance.alt.get(language, "")


class UploadForm(AltForm, forms.ModelForm):  # type: ignore[type-arg]
    """A file to be taken in; `uploaded` is the picture that it has become, once it is right."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG, WebP, AVIF, or GIF, whose first picture is taken."),
        allow_empty_file=True,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": _ACCEPTED}),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("By default the file's."),
        widget=UnfoldAdminTextInputWidget(),
    )
    project = forms.ModelChoiceField(
        label=_("Project"),
        required=False,
        queryset=Project.objects.none(),
        help_text=_("What it was uploaded for; every project of the workspace may use it."),
        widget=UnfoldAdminSelectWidget(),
    )
    request: HttpRequest
    uploaded: Image

    class Meta:
        model = Image
        fields = ["name", "project"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["project"]
        # Within the request's scope these are the workspace's.
        choice.queryset = Project.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        project, tenancy = cleaned.get("project"), getattr(self.request, "tenancy", None)
        place = project.workspace_id if project else getattr(tenancy, "workspace_id", None)
        if place is None:
            self.add_error("project", _("Say which project: the workspace is its own."))
            return cleaned
        try:
            self.uploaded, _is_new = library.upload(
                workspace_id=place,
                file=cleaned["file"],
                filename=cleaned["file"].name,
                name=cleaned.get("name", ""),
                alt=self.alt(),
                project=project,
                user=self.request.user,  # type: ignore[arg-type]
            )
        except ImageError as error:
            refuse(self, error.faults)
        return cleaned

    def _post_clean(self) -> None:
        """What was uploaded is a whole record already; there is none to be put together."""


class RenditionTable(ConsoleTable):
    model = ImageRendition
    hide_title = True
    fields = readonly_fields = ["format", "width", "size", "content_type", "created_at"]
    ordering = ["format", "width"]
    max_num = 0
    can_delete = False
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("body")


@admin.register(Image)
class ImagePage(ConsolePage):
    form = DescriptionForm
    list_display = ["preview", "name", "project_link", "pixels", "described", "created_at"]
    list_display_links = ["preview", "name"]
    list_filter = ["has_alpha"]
    list_select_related = ["project"]
    search_fields = ["name", "project__name"]
    fields = [
        "shown", "name", "project", "alt_en", "alt_ar", "focal_x", "focal_y", "pixels", "size",
        "content_type", "uploaded_by", "rendered_at", "created_at",
    ]  # fmt: skip
    readonly_fields: ClassVar[Any] = [
        "shown", "pixels", "size", "content_type", "uploaded_by", "rendered_at", "created_at",
    ]  # fmt: skip
    inlines = [RenditionTable]
    removers = ConsolePage.changers
    project_link = related_link("project")

    class Media:
        css: ClassVar[Any] = {"all": ["builder/images.css"]}

    def get_urls(self) -> Any:
        own = path(
            "<uuid:image_id>/file/",
            self.admin_site.admin_view(self.file_view),
            name="builder_image_file",
        )
        return [own, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, **kwargs)
        return type("RequestedUploadForm", (UploadForm,), {"request": request})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["file", "name", "project", "alt_en", "alt_ar"]
        return super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj is not None else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return super().save_form(request, form, change) if change else form.uploaded

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            names = ("name", "project", "focal_x", "focal_y")
            changes = {name: form.cleaned_data[name] for name in names}
            library.change(image=obj, changes={**changes, "alt": form.alt()})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Of a new one there is nothing beside the picture itself."""
        if change:
            super().save_related(request, form, formsets, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        library.remove(image=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for image in queryset:
            library.remove(image=image)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its files go with a picture; one that is in use stays, and is said where."""
        found = [
            format_html("{}: {}", image.name, use.fault.detail)
            for image in objs
            for use in uses(image)
        ]
        return [str(each) for each in objs], {}, set(), found

    def file_view(self, request: HttpRequest, image_id: Any) -> HttpResponse:
        """The picture itself, for whoever may look at its page."""
        image = get_object_or_404(self.get_queryset(request), pk=image_id)
        given = request.GET.get("width", "")
        width = int(given[:4]) if given.isascii() and given.isdigit() else _LISTED
        found = answering.answer(
            image,
            width=width,
            accepted=request.headers.get("Accept", ""),
            known=request.headers.get("If-None-Match", ""),
        )
        if found.status == 404 or not self.has_view_permission(request, image):
            raise Http404
        return HttpResponse(
            found.body, found.content_type, status=found.status, headers=dict(found.headers)
        )

    @admin.display(description=_("picture"))
    def preview(self, image: Image) -> SafeString:
        address = f"{reverse('admin:builder_image_file', args=[image.pk])}?width={_LISTED}"
        # Beside it stands the name, which says what it is.
        return format_html(
            '<img class="hh-thumbnail" src="{}" alt="" loading="lazy" width="96" height="64">',
            address,
        )

    @admin.display(description=_("picture"))
    def shown(self, image: Image) -> SafeString:
        """The picture, with a mark on its focal point."""
        address = f"{reverse('admin:builder_image_file', args=[image.pk])}?width={_SHOWN}"
        return format_html(
            '<span class="hh-picture"><img src="{}" alt="{}" width="{}" height="{}">'
            '<span class="hh-focus" style="left:{}%;top:{}%" aria-hidden="true"></span></span>',
            address,
            next((text for text in image.alt.values() if text), image.name),
            image.width,
            image.height,
            round(image.focal_x * 100),
            round(image.focal_y * 100),
        )

    @admin.display(description=_("pixels"))
    def pixels(self, image: Image) -> SafeString:
        return format_html('<bdi dir="ltr">{} × {}</bdi>', image.width, image.height)

    @admin.display(description=_("described"))
    def described(self, image: Image) -> str:
        """The languages in which it has an alternative text."""
        names = [language for language in _ALT.values() if image.alt.get(language)]
        return ", ".join(names) or gettext("not yet")


@admin.register(ImageRendition)
class ImageRenditionPage(ReadOnlyConsolePage):
    list_display = ["picture_link", "format", "width", "size", "created_at"]
    list_filter = ["format"]
    list_select_related = ["image"]
    search_fields = ["image__name", "sha256"]
    fields = [
        "image", "format", "width", "size", "content_type", "sha256", "stored_as", "created_at",
    ]  # fmt: skip
    picture_link = related_link("image")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("body")
