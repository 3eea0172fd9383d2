"""The common conversation with mysqlclient."""
import os

import MySQLdb
from MySQLdb.constants import CLIENT
from MySQLdb.cursors import SSCursor

E = os.environ
print("version", MySQLdb.__version__)


def connect(user=E["USER_NAME"], password=E["PASSWORD"], **more):
    if E["TLS"] == "1":
        more["ssl"] = {"cipher": "ALL"}
    return MySQLdb.connect(host="127.0.0.1", port=int(E["PORT"]), user=user, password=password, database="test",
                           charset="utf8mb4", local_infile=1, client_flag=CLIENT.MULTI_STATEMENTS, **more)


def described(cursor):
    # of the result that a script makes up, only name and type are the server's
    if cursor.description and cursor.description[0][0] == "word":
        return cursor.description[0][:2]
    return cursor.description and list(zip(cursor.description, cursor.description_flags))


def run(connection, sql, *parameters):
    cursor = connection.cursor()
    try:
        cursor.execute(sql, parameters or None)
        while True:
            rows = cursor.fetchall() if cursor.description else None
            print(cursor.rowcount, cursor.lastrowid, described(cursor), rows, connection.warning_count())
            if not cursor.nextset():
                break
    except MySQLdb.Error as e:
        print("error", e.args)
    cursor.close()


print("== login")
connect().close()
connect(E["NATIVE_USER"], E["NATIVE_PASSWORD"]).close()
try:
    connect(password="wrong")
except MySQLdb.Error as e:
    print(e.args)
c = connect()
print("== statements")
for line in open(E["STATEMENTS"], encoding="utf-8"):
    run(c, line.strip())
print("== unbuffered")
cursor = c.cursor(SSCursor)
cursor.execute("SELECT REPEAT('x', 1000) FROM many")
print(sum(len(row[0]) for row in cursor))
cursor.close()
print("== large")
cursor = c.cursor()
cursor.execute("SELECT REPEAT('y', 17000000)")
print(len(cursor.fetchone()[0]))
cursor.execute("SELECT LENGTH(%s)", ("z" * 17000000,))
print(cursor.fetchone())
cursor.close()
print("== several results")
run(c, "SELECT 1; SELECT 2, 'b'; DO 1")
run(c, "CALL twice(21, @b)")
print("== transactions")
run(c, "INSERT INTO t (v) VALUES (%s)", "rolled back")
c.rollback()
run(c, "SELECT COUNT(*) FROM t")
print("== session")
c.ping()
c.select_db("mysql")
run(c, "SELECT DATABASE()")
c.select_db("test")
c.change_user(E["NATIVE_USER"], E["NATIVE_PASSWORD"], "test")
run(c, "SELECT CURRENT_USER()")
print("== local file")
run(c, "CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))")
run(c, "LOAD DATA LOCAL INFILE '%s' INTO TABLE loaded" % E["FILE"])
run(c, "SELECT * FROM loaded")
c.close()
print("== compression")
c = connect(compress=True)
run(c, "SELECT REPEAT('x', 1000), 1")
c.close()
print("done")
