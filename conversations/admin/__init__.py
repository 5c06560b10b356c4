from conversations.admin import findings as findings
from conversations.admin import talks as talks
