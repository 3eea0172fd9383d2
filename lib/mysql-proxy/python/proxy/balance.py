"""Chooses a backend that has an idle connection of the client's user."""


def _idle(proxy, kind):
    user = proxy.connection.client.username
    for index, backend in enumerate(proxy.globals.backends):
        if (backend.type == kind and backend.state != proxy.BACKEND_STATE_DOWN
                and backend.pool.users[user].cur_idle_connections > 0):
            yield index, backend


def idle_failsafe_rw(proxy):
    """The index of the first read/write backend that will do; -1 if none does."""
    for index, backend in _idle(proxy, proxy.BACKEND_TYPE_RW):
        return index
    return -1


def idle_ro(proxy):
    """The index of the read-only backend that will do and has the fewest clients; 0 if none does."""
    best, fewest = 0, None
    for index, backend in _idle(proxy, proxy.BACKEND_TYPE_RO):
        if fewest is None or backend.connected_clients < fewest:
            best, fewest = index, backend.connected_clients
    return best
