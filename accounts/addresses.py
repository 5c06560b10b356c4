"""Where a request of the office comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address; X-Forwarded-For counts only behind as many proxies as are ours."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies or not forwarded:
        return str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in forwarded.split(",")]
    return hops[-min(proxies, len(hops))]
