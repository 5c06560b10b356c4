from personalization.admin import campaigns as campaigns
from personalization.admin import content as content
from personalization.admin import learning as learning
from personalization.admin import profiles as profiles
