"""The edge: who takes a request, and what happens to all of them."""

import asyncio

import httpx
import pytest
from psycopg import OperationalError

from config.routing import MAX_BODY_BYTES, Edge
from config.tasks import beat_heartbeat
from journeys.ingest.door import Door


def application(name, *, calls=None, error=None, begin=False):
    """An application that reads the body and says who it is and how much it read."""

    async def answer(scope, receive, send):
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if begin:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        if error:
            raise error
        if calls is not None:
            calls.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": f"{name} {len(body)}".encode()})

    answer.owns = Door.owns
    return answer


def edge(**parts):
    return Edge(
        sites=parts.get("sites", application("sites")), door=parts.get("door", application("door"))
    )


def ask(app, method="GET", path="/", **more):
    async def run():
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://a.localhost") as client:
            return await client.request(method, path, **more)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "taker"),
    [
        ("/", "sites"),
        ("/about", "sites"),
        ("/s/oryx/", "sites"),
        ("/v1", "sites"),
        ("/v1/batch", "door"),
        ("/v1/t/", "door"),
        ("/s/oryx/v1/batch", "door"),
        ("/_hh/forms/ContactForm-1", "door"),
        ("/s/oryx/_hh/forms/ContactForm-1", "door"),
        ("/_hh/preview/token/about", "sites"),
        ("/about/v1/batch", "sites"),
        ("/livez/", "sites"),
    ],
)
def test_each_path_has_its_taker(path, taker):
    assert ask(edge(), "POST", path, content=b"12345").text == f"{taker} 5"


def test_it_lives():
    response = ask(edge(), path="/livez")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db(transaction=True)
def test_it_is_ready_by_the_same_checks_as_the_office(client):
    beat_heartbeat()
    response = ask(edge(), path="/readyz")
    assert response.status_code == 200
    assert set(response.json()["checks"]) == set(client.get("/readyz").json()["checks"])


@pytest.mark.django_db(transaction=True)
def test_many_probes_at_once_look_once(monkeypatch):
    from config import health

    looked = []
    report = health.report
    monkeypatch.setattr(health, "report", lambda: looked.append(1) or report())

    async def run():
        transport = httpx.ASGITransport(app=edge())
        async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
            return await asyncio.gather(*(client.get("/readyz") for _ in range(20)))

    assert {response.status_code for response in asyncio.run(run())} == {200}
    assert len(looked) == 1


def test_a_body_declared_too_large_is_refused_unread():
    response = ask(edge(), "POST", "/v1/batch", content=b"x" * (MAX_BODY_BYTES + 1))
    assert response.status_code == 413
    assert response.json()["code"] == "payload_too_large"


def test_a_body_that_grows_too_large_is_refused():
    async def grow():
        for _ in range(5):
            yield b"x" * (MAX_BODY_BYTES // 4)

    response = ask(edge(), "POST", "/v1/batch", content=grow())
    assert response.status_code == 413


def test_the_largest_body_passes():
    assert ask(edge(), "POST", "/v1/batch", content=b"x" * MAX_BODY_BYTES).text.endswith(
        str(MAX_BODY_BYTES)
    )


def test_a_bug_is_answered_and_tells_nothing():
    response = ask(edge(sites=application("sites", error=RuntimeError("secret"))))
    assert response.status_code == 500
    assert "secret" not in response.text


def test_the_database_away_is_unavailable():
    response = ask(edge(door=application("door", error=OperationalError("gone"))), path="/v1/t")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (RuntimeError("secret"), 500)]
)
def test_a_visitor_is_shown_a_page_in_both_languages(error, status):
    app = edge(sites=application("sites", error=error))
    response = ask(app, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert "Back in a moment" in response.text
    assert "نعود بعد لحظات" in response.text
    assert "secret" not in response.text


def test_an_answer_that_broke_off_is_not_begun_again():
    sent = []

    async def run():
        async def receive():
            return {"type": "http.request", "body": b""}

        async def send(message):
            sent.append(message["type"])

        app = edge(sites=application("sites", error=RuntimeError(), begin=True))
        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        await app(scope, receive, send)

    asyncio.run(run())
    assert sent == ["http.response.start"]


class Recording:
    """An application with a life of its own."""

    def __init__(self, name, events, error=None):
        self.name, self.events, self.error = name, events, error

    owns = staticmethod(Door.owns)

    async def startup(self):
        self.events.append(f"{self.name} up")
        if self.error:
            raise self.error

    async def shutdown(self):
        self.events.append(f"{self.name} down")

    async def __call__(self, scope, receive, send):
        raise AssertionError


def live(app):
    """Run the lifespan protocol; what the application answered."""
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    answers = []

    async def run():
        async def receive():
            return messages.pop(0)

        async def send(message):
            answers.append(message["type"])

        await app({"type": "lifespan"}, receive, send)

    asyncio.run(run())
    return answers


@pytest.mark.django_db(transaction=True)
def test_applications_start_and_stop_with_the_process():
    events = []
    app = edge(sites=Recording("sites", events), door=Recording("door", events))
    assert live(app) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert events == ["sites up", "door up", "door down", "sites down"]


@pytest.mark.django_db(transaction=True)
def test_a_start_that_fails_is_told_and_undone():
    events = []
    broken = Recording("door", events, error=RuntimeError("no"))
    app = edge(sites=Recording("sites", events), door=broken)
    assert live(app) == ["lifespan.startup.failed"]
    assert events == ["sites up", "door up", "sites down"]


def test_sockets_are_refused():
    sent = []

    async def run():
        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        await edge()({"type": "websocket", "path": "/"}, receive, send)

    asyncio.run(run())
    assert sent == [{"type": "websocket.close", "code": 1008}]
