"""The studio's addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from builder.studio import (
    assets,
    comments,
    documents,
    editor,
    gallery,
    images,
    kinds,
    pages,
    publishing,
    sites,
    versions,
)


class PageKey(StringConverter):
    """A page's key, as documents have it."""

    regex = "[a-z0-9][a-z0-9_-]{0,63}"


register_converter(PageKey, "page")

app_name = "studio"
urlpatterns = [
    path("", sites.sites, name="sites"),
    path("workspace/", sites.choose_workspace, name="workspace"),
    path("frame/", editor.frame, name="frame"),
    path("fonts/<str:name>", assets.font, name="font"),
    path("images/<str:token>/<str:name>", assets.image, name="image"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("new/", gallery.gallery, name="gallery"),
    path("new/<uuid:template_id>/", gallery.choose, name="choose"),
    path(
        "templates/<uuid:template_id>/<str:in_language>/",
        gallery.template_picture,
        name="template-picture",
    ),
    path("<uuid:project_id>/", editor.editor, name="editor"),
    path("<uuid:project_id>/picture/", sites.picture, name="picture"),
    path("<uuid:project_id>/remove/", sites.remove, name="remove"),
    path("<uuid:project_id>/pages/", pages.pages, name="pages"),
    path("<uuid:project_id>/pages/<page:key>/", documents.layout, name="layout"),
    path("<uuid:project_id>/pages/<page:key>/draw/", documents.draw, name="draw"),
    path("<uuid:project_id>/pages/<page:key>/name/", documents.name_version, name="name-version"),
    path("<uuid:project_id>/images/", images.images, name="images"),
    path("<uuid:project_id>/images/<uuid:image_id>/", images.thumbnail, name="thumbnail"),
    path("<uuid:project_id>/images/<uuid:image_id>/about/", images.about, name="image-about"),
    path("<uuid:project_id>/style/", documents.style, name="style"),
    path(
        "<uuid:project_id>/kinds/<str:kind>/<str:in_language>/",
        kinds.kind_picture,
        name="kind-picture",
    ),
    path("<uuid:project_id>/art/<path:name>.svg", kinds.art, name="art"),
    path("<uuid:project_id>/versions/", versions.versions, name="versions"),
    path("<uuid:project_id>/versions/<page:key>/<int:number>/", versions.compare, name="compare"),
    path(
        "<uuid:project_id>/versions/<page:key>/<int:number>/picture/",
        versions.version_picture,
        name="version-picture",
    ),
    path(
        "<uuid:project_id>/versions/<page:key>/<int:number>/revert/", versions.revert, name="revert"
    ),
    path("<uuid:project_id>/comments/", comments.threads, name="comments"),
    path(
        "<uuid:project_id>/comments/<uuid:comment_id>/resolve/",
        comments.settle,
        {"work": "resolve"},
        name="comment-resolve",
    ),
    path(
        "<uuid:project_id>/comments/<uuid:comment_id>/reopen/",
        comments.settle,
        {"work": "reopen"},
        name="comment-reopen",
    ),
    path(
        "<uuid:project_id>/comments/<uuid:comment_id>/delete/",
        comments.settle,
        {"work": "delete"},
        name="comment-delete",
    ),
    path("<uuid:project_id>/publish/", publishing.publish, name="publish"),
    path("<uuid:project_id>/unpublish/", publishing.unpublish, name="unpublish"),
    path("<uuid:project_id>/rollback/<uuid:release_id>/", publishing.rollback, name="rollback"),
    path("<uuid:project_id>/schedule/", publishing.schedule, name="schedule"),
    path(
        "<uuid:project_id>/schedule/<uuid:schedule_id>/call-off/",
        publishing.call_off,
        name="call-off",
    ),
]
