"""The API as a client meets it: HTTP, JSON, a token."""

from typing import Any

import httpx


class DemoError(Exception):
    """The demonstration cannot go on; the text says what to do."""


class Client:
    def __init__(self, *, base_url: str, token: str) -> None:
        self._http = httpx.Client(
            base_url=f"{base_url}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **parameters: Any) -> Any:
        return self._send("GET", path, params=parameters)

    def post(self, path: str, body: Any = None) -> Any:
        return self._send("POST", path, json=body)

    def patch(self, path: str, body: Any) -> Any:
        return self._send("PATCH", path, json=body)

    def all(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """Every row of a list, page after page."""
        rows: list[dict[str, Any]] = []
        page = self.get(path, limit=200, **parameters)
        while True:
            rows += page["results"]
            if not page.get("next"):
                return rows
            page = self.get(page["next"])

    def _send(self, method: str, path: str, **options: Any) -> Any:
        if not options.get("params"):
            options.pop("params", None)
        response = self._http.request(method, path, **options)
        if response.is_error:
            raise DemoError(
                f"{method} /api/v1/{path} answered {response.status_code}: {response.text[:500]}"
            )
        return response.json() if response.content else None
