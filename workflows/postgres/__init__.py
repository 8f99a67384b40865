"""The program's own PostgreSQL, for installations that name no ``DATABASE_URL``.

Only the server *binaries* of the ``embedded`` extra are used. The server listens on
loopback TCP alone (SCRAM passwords, no sockets in the file system), is shared by all
processes that use the same ``var/`` folder, and stops with the last of them, also when
that one was killed: see :mod:`workflows.postgres.keeper`.
"""

from workflows.postgres.cluster import Cluster, ensure, running
from workflows.postgres.place import PlaceError

__all__ = ["Cluster", "PlaceError", "ensure", "running"]
