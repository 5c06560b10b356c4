"""The API's documents as pages: Swagger UI and Redoc, loading nothing from elsewhere."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.utils.decorators import method_decorator
from drf_spectacular.views import (
    SpectacularAPIView,
    SpectacularRedocView,
    SpectacularSwaggerSplitView,
)

# Both write style elements; Redoc searches in a worker that it makes of a blob, and would show
# its maker's logo from elsewhere, which is refused here.
POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "worker-src": [SELF, "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}


class SchemaView(SpectacularAPIView):
    """The OpenAPI document itself."""


@method_decorator(csp(POLICY), name="dispatch")
class SwaggerView(SpectacularSwaggerSplitView):
    url_name = "schema"


@method_decorator(csp(POLICY), name="dispatch")
class RedocView(SpectacularRedocView):
    url_name = "schema"
    # The package's own page asks for fonts from elsewhere.
    template_name = "config/redoc.html"
