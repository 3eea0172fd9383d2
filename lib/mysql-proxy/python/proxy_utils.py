"""What read_query wants to know first of a packet."""


def get_query_type(packet):
    """The number of the command."""
    return ord(packet[0])


def get_query_content(packet):
    """What the command is about: the statement of a COM_QUERY."""
    return packet[1:]
