from experiments.api import views

api_routes = [
    ("ab-tests", views.ABTestViewSet, "ab-test"),
    ("test-variations", views.TestVariationViewSet, "test-variation"),
    ("test-results", views.TestResultViewSet, "test-result"),
]
