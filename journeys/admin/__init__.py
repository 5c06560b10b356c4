from journeys.admin import workflows as workflows
