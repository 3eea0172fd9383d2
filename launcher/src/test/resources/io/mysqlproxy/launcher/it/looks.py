"""Looks at everything, and lets it pass."""


def look(proxy):
    return proxy.connection.client.src.port + len(proxy.queries)


def connect_server(proxy):
    look(proxy)


def read_handshake(proxy):
    look(proxy)
    assert len(proxy.connection.server.scramble_buffer) > 0


def read_auth(proxy):
    look(proxy)
    assert proxy.connection.client.username is not None


def read_auth_result(proxy, auth):
    look(proxy)
    assert len(auth.packet) > 0


def read_query(proxy, packet):
    look(proxy)
    assert isinstance(packet, str)


def disconnect_client(proxy):
    look(proxy)
