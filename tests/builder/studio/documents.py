"""What tests of the studio send and read."""

import json

from django.urls import reverse

from builder.models import Wireframe


def address(name, project, *more):
    return reverse(f"studio:{name}", args=[project.pk, *more])


def page_of(project, key="home"):
    return Wireframe.objects.get(sitemap_id=project.current_sitemap_id, page_key=key)


def layout_with(project, key="home", **props):
    """The page's layout with other props of its first hero."""
    layout = json.loads(json.dumps(page_of(project, key).layout))
    hero = next(each for each in layout["content"] if each["type"] == "Hero")
    hero["props"].update(props)
    return layout


def put(client, where, body, **headers):
    return client.put(where, body, content_type="application/json", **headers)


def post(client, where, body):
    return client.post(where, body, content_type="application/json")


def save(client, project, layout, *, key="home", revision=None, **more):
    revision = page_of(project, key).revision if revision is None else revision
    body = {"layout": layout, "revision": revision, **more}
    return put(client, address("layout", project, key), body)


def pointers(answer):
    return [fault["pointer"] for fault in answer.json()["faults"]]
