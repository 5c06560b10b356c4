from analytics.admin import first_page, traffic

__all__ = ["first_page", "traffic"]
