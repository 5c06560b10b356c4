from journeys.admin import visitors as visitors
from journeys.admin import workflows as workflows
