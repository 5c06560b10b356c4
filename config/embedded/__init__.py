"""Real PostgreSQL and Valkey without installing either: for trial, development and tests.

The programs come from PyPI wheels, the data live in VAR/embedded. Whatever needs the servers calls
`start_if_needed`; they go on when the command ends. No Django here: settings are made from this.
"""

from config.embedded.faults import ServiceError as ServiceError
from config.embedded.record import Connections as Connections
from config.embedded.supervisor import connections as connections
from config.embedded.supervisor import is_running as is_running
from config.embedded.supervisor import logs as logs
from config.embedded.supervisor import start_if_needed as start_if_needed
from config.embedded.supervisor import start_or_exit as start_or_exit
from config.embedded.supervisor import status as status
from config.embedded.supervisor import stop as stop
from config.embedded.supervisor import stop_own as stop_own
from config.embedded.supervisor import upgrade as upgrade
