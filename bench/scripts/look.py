# Looks at every packet, and lets it pass.
def read_query(proxy, packet):
    if ord(packet[0]) == proxy.COM_QUERY and packet[1:5] == "DROP":
        print "someone drops something"
