from typing import Any

api_routes: list[tuple[str, Any, str]] = []
