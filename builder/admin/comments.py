"""Comments in the console: threads with their replies, settled and taken up again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.admin.base import ConsolePage
from accounts.admin.links import record_link, related_link
from accounts.models import EDITORS, Role
from builder import calling, comments, mentions
from builder.admin.forms import dialog, leave
from builder.models import Comment
from builder.models.comments import Place

LONGEST = 10_000


def check_calls(body: str) -> str:
    """Refuse words that call more people than a comment may."""
    if len(calling.calls(body)) > calling.MOST_CALLS:
        text = gettext("A comment calls at most %(count)s people.")
        raise forms.ValidationError(text % {"count": calling.MOST_CALLS})
    return body


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Comment
        fields = ["project", "body"]

    def clean_body(self) -> str:
        return check_calls(self.cleaned_data["body"])


class ReplyForm(BaseDialogForm):  # type: ignore[misc]
    body = forms.CharField(
        label=_("Reply"), max_length=LONGEST, widget=UnfoldAdminTextareaWidget(attrs={"rows": 5})
    )

    def clean_body(self) -> str:
        return check_calls(self.cleaned_data["body"])


@admin.register(Comment)
class CommentPage(ConsolePage):
    """A comment's words are its author's; whoever may comment may reply and settle."""

    form = CommentForm
    list_display = ["words", "about", "project_link", "author", "answers", "is_settled", "last_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter)]
    list_select_related = ["project", "author"]
    search_fields = ["body", "replies__body", "project__name"]
    autocomplete_fields = ["project"]
    actions = ["resolve", "reopen", "export_as_csv"]
    actions_detail = ["reply", "settle_thread", "reopen_thread"]
    changers = frozenset({*EDITORS, Role.ANALYST})
    removers = changers
    project_link = related_link("project")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The list is of threads; a reply has its page for whoever wrote it."""
        listed: Any = super().get_changelist(request, **kwargs)

        class Threads(listed):  # type: ignore[misc]
            def get_queryset(self, *args: Any, **more: Any) -> Any:
                replies = models.Count("replies", distinct=True)
                threads = super().get_queryset(*args, **more).threads().with_place()
                last = models.functions.Greatest("created_at", models.Max("replies__created_at"))
                return threads.annotate(_replies=replies, _last=last)

        return Threads

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["project", "body"]
        words = ["body"] if self._is_changed_by(request, obj) else []
        return ["project_link", "conversation", *words]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["project_link", "conversation"] if obj else []

    def get_actions(self, request: HttpRequest) -> Any:
        """Comments are removed one by one, by their authors."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_ones_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_ones_own(request, obj)

    def has_settle_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.changers)

    def has_reply_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, self.changers) and self._thread(object_id) is not None

    def has_resolve_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        thread = self._thread(object_id)
        return self._may(request, self.changers) and thread is not None and not thread.resolved_at

    def has_reopen_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        thread = self._thread(object_id)
        return self._may(request, self.changers) and bool(thread and thread.resolved_at)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: Any = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (comments.CommentError, mentions.MentionError) as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now, body = timezone.now(), form.cleaned_data["body"]
        if change:
            comments.change(comment=obj, body=body, now=now)
            return
        made = comments.write(
            project=obj.project, author_id=_person_id(request), body=body, now=now
        )
        obj.__dict__.update(made.__dict__)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        comments.remove(comment=obj, now=timezone.now())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing goes with a comment: one with replies only loses its words."""
        return [str(each) for each in objs], {}, set(), []

    @admin.display(description=_("comment"))
    def words(self, comment: Comment) -> SafeString:
        return format_html('<bdi dir="auto">{}</bdi>', str(comment))

    @admin.display(description=_("about"))
    def about(self, comment: Any) -> str:
        return place_of(comment)

    @admin.display(description=_("replies"), ordering="_replies")
    def answers(self, comment: Any) -> int:
        count: int = comment._replies
        return count

    @admin.display(description=_("settled"), boolean=True)
    def is_settled(self, comment: Comment) -> bool:
        return comment.resolved_at is not None

    @admin.display(description=_("last said at"), ordering="_last")
    def last_at(self, comment: Any) -> Any:
        return comment._last

    @admin.display(description=_("conversation"))
    def conversation(self, comment: Comment) -> SafeString:
        """The whole thread, whichever of its comments was opened."""
        found = Comment.objects.with_place().select_related("author", "resolved_by", "wireframe")
        found = found.prefetch_related("mentions__user")
        thread = found.get(pk=comment.parent_id or comment.pk)
        replies = found.filter(parent=thread).order_by("id")
        page = record_link(thread.wireframe, _("Open the page")) if thread.wireframe else ""
        context = {"thread": thread, "about": place_of(thread), "page": page, "opened": comment.pk}
        return render_to_string(
            "builder/console/thread.html", {**context, "said": [thread, *replies]}
        )

    @admin.action(description=_("Settle"), permissions=["settle"])
    def resolve(self, request: HttpRequest, queryset: Any) -> None:
        now, chosen = timezone.now(), list(queryset)
        for comment in chosen:
            comments.resolve(comment=comment, by=_person_id(request), now=now)
        text = ngettext("%d comment is settled.", "%d comments are settled.", len(chosen))
        self.message_user(request, text % len(chosen), messages.SUCCESS)

    @admin.action(description=_("Take up again"), permissions=["settle"])
    def reopen(self, request: HttpRequest, queryset: Any) -> None:
        now, chosen = timezone.now(), list(queryset)
        for comment in chosen:
            comments.reopen(comment=comment, now=now)
        text = ngettext("%d comment is open.", "%d comments are open.", len(chosen))
        self.message_user(request, text % len(chosen), messages.SUCCESS)

    @action(  # type: ignore[untyped-decorator]
        description=_("Reply"),
        url_path="reply",
        icon="reply",
        permissions=["reply"],
        variant=ActionVariant.PRIMARY,
        dialog=dialog(
            _("Reply to this comment"),
            _("@name or @address calls somebody who works on the project: they get a mail."),
            _("Reply"),
            ReplyForm,
        ),
    )
    def reply(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        thread = self._of(request, object_id)
        try:
            comments.write(
                project=thread.project,
                author_id=_person_id(request),
                body=form.cleaned_data["body"],
                parent=thread,
                now=timezone.now(),
            )
        except (comments.CommentError, mentions.MentionError) as error:
            self.message_user(request, str(error), messages.ERROR)
        return self._back(request, object_id)

    @action(  # type: ignore[untyped-decorator]
        description=_("Settle"),
        url_path="settle",
        icon="check_circle",
        permissions=["resolve"],
        dialog=dialog(
            _("Settle this thread?"), _("It can be taken up again at any time."), _("Settle")
        ),
    )
    def settle_thread(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        thread = self._of(request, object_id)
        comments.resolve(comment=thread, by=_person_id(request), now=timezone.now())
        return self._back(request, object_id)

    @action(  # type: ignore[untyped-decorator]
        description=_("Take up again"),
        url_path="reopen",
        icon="undo",
        permissions=["reopen"],
        dialog=dialog(_("Take this thread up again?"), "", _("Take up again")),
    )
    def reopen_thread(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        comments.reopen(comment=self._of(request, object_id), now=timezone.now())
        return self._back(request, object_id)

    def _is_changed_by(self, request: HttpRequest, comment: Comment) -> bool:
        return comment.deleted_at is None and self.has_change_permission(request, comment)

    def _thread(self, object_id: Any) -> Comment | None:
        """The thread of this id, of those that the person sees; none for a reply."""
        return Comment.objects.threads().filter(pk=object_id).first() if object_id else None

    def _of(self, request: HttpRequest, object_id: str) -> Comment:
        comment: Comment = get_object_or_404(self.get_queryset(request).threads(), pk=object_id)
        return comment

    def _back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return leave(request, reverse("admin:builder_comment_change", args=[object_id]))


def place_of(comment: Any) -> str:
    """What a comment is about, in words; it has been read `with_place()`."""
    where = [part for part in (comment.page_key, comment.component_id) if part]
    label = str(Place(comment.place).label)
    return f"{label}: {' › '.join(where)}" if where else label


def _person_id(request: HttpRequest) -> Any:
    return request.user.pk


def _is_ones_own(request: HttpRequest, comment: Any) -> bool:
    user: Any = request.user
    return comment is None or user.is_superuser or comment.author_id == user.pk
