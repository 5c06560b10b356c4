from analytics.models.performance import PerformanceMetrics
from analytics.models.system import SystemMetrics
from analytics.models.traffic import RollupMark, TrafficRollup
from analytics.models.users import UserAnalytics
from analytics.models.workflows import WorkflowAnalytics

__all__ = [
    "PerformanceMetrics",
    "RollupMark",
    "SystemMetrics",
    "TrafficRollup",
    "UserAnalytics",
    "WorkflowAnalytics",
]
