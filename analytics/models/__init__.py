from analytics.models.traffic import RollupMark, TrafficRollup

__all__ = ["RollupMark", "TrafficRollup"]
