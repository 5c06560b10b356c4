from experiments.models.results import TestResult
from experiments.models.tests import (
    ABTest,
    StatisticalSignificance,
    TestStatus,
    TestType,
    TestVariation,
)

__all__ = [
    "ABTest",
    "StatisticalSignificance",
    "TestResult",
    "TestStatus",
    "TestType",
    "TestVariation",
]
