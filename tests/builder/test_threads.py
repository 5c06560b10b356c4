"""Threads of comments: one level, where they stand, who settles them, and what is refused."""

import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.tenancy import tenant
from builder import comments, documents
from builder.models import Comment, Wireframe
from tests.builder.factories import CollaboratorFactory, ProjectFactory
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/comments/"


def client_of(membership, kind="personal"):
    user = membership.user if kind == "personal" else None
    _key, secret = issue_key(workspace=membership.workspace, kind=kind, name="t", user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def faults(response, status):
    assert response.status_code == status, response.content
    return [(each["pointer"], each["code"]) for each in response.json()["errors"]]


@pytest.fixture
def colleague(workspace):
    return client_of(MembershipFactory(workspace=workspace, role="editor"))


@pytest.fixture
def home(project):
    return Wireframe.objects.get(sitemap__project=project, page_key="home")


@pytest.fixture
def say(api, project):
    """Write a comment, and give what the answer shows."""

    def post(text="Fees first", client=api, **more):
        answer = client.post(URL, {"project": str(project.pk), "body": text, **more})
        assert answer.status_code == 201, answer.content
        return answer.json()

    return post


class TestThreads:
    def test_replies_stand_beneath_their_thread_in_order(self, api, colleague, say):
        thread = say()
        for text, client in (("They do now", colleague), ("Thanks", api)):
            say(text, client=client, parent=thread["id"])
        other = say("Another")
        shown = api.get(URL).json()["results"]
        assert [each["id"] for each in shown] == [other["id"], thread["id"]]
        assert [each["body"] for each in shown[1]["replies"]] == ["They do now", "Thanks"]
        reply = shown[1]["replies"][0]
        alone = api.get(f"{URL}{reply['id']}/").json()
        assert (alone["parent"], alone["replies"]) == (thread["id"], [])

    def test_a_list_costs_the_same_however_much_was_said(self, api, say):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                assert api.get(URL).status_code == 200
            return len(queries)

        thread = say()
        say("Once", parent=thread["id"])
        cost()
        few = cost()
        for number in range(6):
            more = say(f"More {number}")
            say("And more", parent=more["id"])
            say("And again", parent=thread["id"])
        assert cost() == few

    def test_a_reply_is_not_replied_to(self, api, project, say):
        reply = say("Yes", parent=say()["id"])
        body = {"project": str(project.pk), "body": "x", "parent": reply["id"]}
        assert faults(api.post(URL, body), 422) == [("/parent", "one_level")]

    def test_a_reply_is_of_its_threads_project(self, api, workspace, user, say):
        thread = say()
        other = ProjectFactory(workspace=workspace, owner=user)
        body = {"project": str(other.pk), "body": "x", "parent": thread["id"]}
        assert faults(api.post(URL, body), 422) == [("/parent", "other_project")]

    def test_a_strangers_thread_is_not_there(self, api, project):
        theirs = ProjectFactory()
        thread = comments.write(project=theirs, author_id=None, body="x", now=timezone.now())
        body = {"project": str(project.pk), "body": "x", "parent": str(thread.pk)}
        assert faults(api.post(URL, body), 400) == [("/parent", "does_not_exist")]
        for path in ("", "resolve/", "reopen/"):
            ask = api.post if path else api.get
            assert ask(f"{URL}{thread.pk}/{path}").status_code == 404

    def test_the_database_holds_one_level_and_the_place(self, project):
        now = timezone.now()
        thread = comments.write(project=project, author_id=None, body="a", now=now)
        reply = comments.write(project=project, author_id=None, body="b", now=now, parent=thread)
        other = ProjectFactory(workspace=project.workspace)
        row = {"workspace": project.workspace, "body": "c"}
        for fields, rule in (
            ({"project": project, "parent": reply}, "not replied to"),
            ({"project": other, "parent": thread}, "parent_id_workspace"),
            ({"project": other, "wireframe": _page(project), "page_key": "home"}, "its project"),
            ({"project": project, "component_id": "hero"}, "builder_comment_anchor"),
            ({"project": project, "parent": thread, "page_key": "home"}, "builder_comment_anchor"),
            ({"project": project, "deleted_at": now}, "builder_comment_body"),
            ({"project": project, "parent": thread, "resolved_at": now}, "builder_comment_settled"),
        ):
            with pytest.raises(IntegrityError, match=rule), transaction.atomic():
                Comment.objects.create(**row, **fields)
        for change in ({"project": other}, {"parent": None}):
            with pytest.raises(IntegrityError, match="stays where it is"), transaction.atomic():
                Comment.objects.filter(pk=reply.pk).update(**change)


def _page(project, key="home"):
    return Wireframe.objects.get(sitemap__project=project, page_key=key)


class TestPlaces:
    def anchored(self, home, say, **more):
        component = home.layout["content"][0]["props"]["id"]
        return say(wireframe=str(home.pk), component_id=component, **more)

    def test_a_thread_stands_on_a_component(self, api, home, say):
        made = self.anchored(home, say)
        assert (made["place"], made["page_key"]) == ("component", "home")
        plain = say("Of the whole")
        assert plain["place"] == "project"
        page = say("Of the page", wireframe=str(home.pk))
        assert page["place"] == "page"

        def found(**query):
            return {each["id"] for each in api.get(URL, query).json()["results"]}

        assert found(wireframe=home.pk) == {made["id"], page["id"]}
        assert found(component_id=made["component_id"]) == {made["id"]}
        assert found(is_open="true") == {made["id"], page["id"], plain["id"]}

    def test_what_was_removed_is_said_to_be(self, api, home, say):
        made = self.anchored(home, say)
        one = f"{URL}{made['id']}/"
        layout = {**home.layout, "content": home.layout["content"][1:]}
        Wireframe.objects.filter(pk=home.pk).update(layout=layout)
        shown = api.get(one).json()
        assert shown["place"] == "component_removed"
        assert (shown["wireframe"], shown["component_id"]) == (str(home.pk), made["component_id"])
        documents.remove(document=home, user_id=None)
        shown = api.get(one).json()
        assert (shown["place"], shown["wireframe"]) == ("page_removed", None)
        assert (shown["page_key"], shown["component_id"]) == ("home", made["component_id"])

    def test_a_colleague_removes_a_page_that_others_commented(self, colleague, home, say):
        self.anchored(home, say)
        assert colleague.delete(f"/api/v1/wireframes/{home.pk}/").status_code == 204
        assert Comment.objects.get().wireframe_id is None

    def test_a_place_must_be_the_projects_and_there(self, api, project, home, say):
        other = ProjectFactory(workspace=project.workspace, owner=project.owner)
        thread = say()
        base = {"project": str(project.pk), "body": "x"}
        for fields, status, fault in (
            ({"wireframe": str(_page(other).pk)}, 422, ("/wireframe", "other_project")),
            ({"wireframe": str(_page(ProjectFactory()).pk)}, 400, ("/wireframe", "does_not_exist")),
            ({"component_id": "hero"}, 422, ("/wireframe", "required")),
            (
                {"wireframe": str(home.pk), "component_id": "nowhere"},
                422,
                ("/component_id", "unknown_component"),
            ),
            ({"wireframe": str(home.pk), "parent": thread["id"]}, 422, ("/wireframe", "reply")),
        ):
            assert faults(api.post(URL, {**base, **fields}), status) == [fault], fields
        assert Comment.objects.count() == 1

    def test_a_comment_stays_where_it_is(self, api, home, say):
        one = f"{URL}{say()['id']}/"
        for field in ("wireframe", "parent"):
            answer = api.patch(one, {field: str(home.pk) if field == "wireframe" else None})
            assert answer.status_code == 400, field


class TestSettling:
    def test_who_settled_and_when_is_kept_once(self, api, member, colleague, say):
        one = f"{URL}{say()['id']}/"
        first = api.post(f"{one}resolve/").json()
        assert first["resolved_by"] == str(member.user_id)
        again = colleague.post(f"{one}resolve/").json()
        assert (again["resolved_at"], again["resolved_by"]) == (
            first["resolved_at"], first["resolved_by"],
        )  # fmt: skip
        open_again = colleague.post(f"{one}reopen/").json()
        assert (open_again["resolved_at"], open_again["resolved_by"]) == (None, None)

    def test_a_reply_is_settled_with_its_thread(self, api, say):
        reply = say("Yes", parent=say()["id"])
        for path in ("resolve", "reopen"):
            answer = api.post(f"{URL}{reply['id']}/{path}/")
            assert faults(answer, 422) == [("", "reply")]

    def test_nobody_settles_in_anothers_name(self, workspace, user, say):
        pk, other = say()["id"], MembershipFactory(workspace=workspace, role="editor").user
        with (
            pytest.raises(ProgrammingError, match="author's to change"),
            tenant(workspace_id=workspace.pk, user_id=other.pk, role="editor"),
        ):
            Comment.objects.filter(pk=pk).update(resolved_at=timezone.now(), resolved_by=user)


class TestDeleting:
    def test_a_thread_with_replies_keeps_its_place_without_its_words(self, api, colleague, say):
        thread = say("My secret")
        reply = say("Indeed", client=colleague, parent=thread["id"])
        one = f"{URL}{thread['id']}/"
        assert colleague.delete(one).status_code == 403
        assert api.delete(one).status_code == 204
        (shown,) = api.get(URL).json()["results"]
        assert (shown["body"], shown["deleted_at"] is not None) == ("", True)
        assert [each["body"] for each in shown["replies"]] == ["Indeed"]
        assert faults(api.patch(one, {"body": "Again"}), 422) == [("", "deleted")]
        body = {"project": thread["project"], "body": "x", "parent": thread["id"]}
        assert faults(colleague.post(URL, body), 422) == [("/parent", "deleted")]
        assert colleague.delete(f"{URL}{reply['id']}/").status_code == 204
        assert not Comment.objects.exists()

    def test_one_without_replies_is_gone(self, api, say):
        thread = say()
        reply = say("Yes", parent=thread["id"])
        assert api.delete(f"{URL}{reply['id']}/").status_code == 204
        assert api.delete(f"{URL}{thread['id']}/").status_code == 204
        assert not Comment.objects.exists()


class TestBadInput:
    def test_words_are_kept_as_they_are_and_bounded(self, api, project, say):
        text = "<script>alert(1)</script> {{ 7*7 }} \u202e ' --"
        assert say(text)["body"] == text
        assert len(say("x" * 10_000)["body"]) == 10_000
        base = {"project": str(project.pk)}
        for body, code in (("x" * 10_001, "max_length"), ("  \n ", "blank")):
            assert faults(api.post(URL, {**base, "body": body}), 400) == [("/body", code)]
        assert api.post(URL, {**base, "body": "a\0b"}).status_code == 400

    def test_a_guest_comments_where_they_edit_and_reads_where_they_look(self, project, say):
        guest = MembershipFactory(role="owner")
        work = CollaboratorFactory(project=project, user=guest.user)
        client, thread = client_of(guest), say()
        assert [each["id"] for each in client.get(URL).json()["results"]] == [thread["id"]]
        body = {"project": str(project.pk), "body": "x", "parent": thread["id"]}
        assert client.post(URL, body).status_code == 400
        assert client.post(f"{URL}{thread['id']}/resolve/").status_code == 403
        work.role = "editor"
        work.save()
        reply = client.post(URL, body)
        assert reply.status_code == 201, reply.content
        assert client.post(f"{URL}{thread['id']}/resolve/").status_code == 200
        assert client.patch(f"{URL}{thread['id']}/", {"body": "mine"}).status_code == 403
        assert client.delete(f"{URL}{reply.json()['id']}/").status_code == 204


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def both(self, *deeds):
        """Do several things at once, each on a connection of its own."""
        errors, start = [], threading.Barrier(len(deeds))

        def run(deed):
            try:
                start.wait(10)
                deed()
            except Exception as error:  # noqa: BLE001 - what came of it is looked at
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return errors

    def test_settling_and_taking_up_again_leaves_one_of_both(self):
        project = ProjectFactory()
        thread = comments.write(
            project=project, author_id=project.owner_id, body="a", now=timezone.now()
        )
        deeds = []
        for number in range(8):
            one = Comment.objects.get(pk=thread.pk)
            deeds.append(
                (lambda one=one: comments.reopen(comment=one, now=timezone.now()))
                if number % 2
                else lambda one=one: comments.resolve(
                    comment=one, by=project.owner_id, now=timezone.now()
                )
            )
        assert self.both(*deeds) == []
        thread.refresh_from_db()
        assert (thread.resolved_at is None) == (thread.resolved_by_id is None)

    def test_a_reply_and_the_threads_deletion_leave_no_orphan(self):
        project = ProjectFactory()
        for _ in range(5):
            thread = comments.write(
                project=project, author_id=project.owner_id, body="a", now=timezone.now()
            )
            errors = self.both(
                lambda thread=thread: comments.remove(comment=thread, now=timezone.now()),
                lambda thread=thread: comments.write(
                    project=project, author_id=None, body="b", now=timezone.now(), parent=thread
                ),
            )
            assert all(isinstance(error, comments.CommentError) for error in errors)
            left = Comment.objects.filter(project=project)
            assert left.count() == (0 if errors else 2)
            left.filter(parent__isnull=False).delete()
            assert not left.exists()
