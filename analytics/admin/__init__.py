from analytics.admin import figures, first_page, traffic

__all__ = ["figures", "first_page", "traffic"]
