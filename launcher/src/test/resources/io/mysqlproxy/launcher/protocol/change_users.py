"""Logs in as the first of the accounts "user:password", changes to each of the others, and says who it is then."""
import sys

import MySQLdb

port, tls, accounts = int(sys.argv[1]), sys.argv[2] == "tls", [a.split(":") for a in sys.argv[3:]]
options = {"ssl": {"cipher": "ALL"}} if tls else {}


def who(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)")
    return cursor.fetchall()[0][0]


try:
    connection = MySQLdb.connect(host="127.0.0.1", port=port, user=accounts[0][0], password=accounts[0][1], **options)
    print(who(connection))
    for user, password in accounts[1:]:
        connection.change_user(user, password)
        print(who(connection))
except MySQLdb.Error as e:
    print(e.args[0])
