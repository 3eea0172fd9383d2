"""The common conversation with PyMySQL."""
import os

import pymysql
from pymysql.constants import CLIENT

E = os.environ
print("version", pymysql.VERSION_STRING)


def connect(user=E["USER_NAME"], password=E["PASSWORD"], **more):
    tls = dict(ssl={"check_hostname": False}) if E["TLS"] == "1" else dict(ssl_disabled=True)
    return pymysql.connect(host="127.0.0.1", port=int(E["PORT"]), user=user, password=password, database="test",
                           charset="utf8mb4", local_infile=True, client_flag=CLIENT.MULTI_STATEMENTS, **tls, **more)


def run(connection, sql, *parameters):
    with connection.cursor() as cursor:
        try:
            count = cursor.execute(sql, parameters or None)
        except pymysql.MySQLError as e:
            print("error", e.args[0], e.args[1])
            return
        while True:
            rows = cursor.fetchall() if cursor.description else None
            print(count, cursor.lastrowid, cursor.description and [d[:2] for d in cursor.description], rows)
            if not cursor.nextset():
                return
            count = cursor.rowcount


print("== login")
connect().close()
connect(E["NATIVE_USER"], E["NATIVE_PASSWORD"]).close()
try:
    connect(password="wrong")
except pymysql.MySQLError as e:
    print(e.args)
c = connect()
print("== statements")
for line in open(E["STATEMENTS"], encoding="utf-8"):
    run(c, line.strip())
print("== unbuffered")
with c.cursor(pymysql.cursors.SSCursor) as cursor:
    cursor.execute("SELECT REPEAT('x', 1000) FROM many")
    print(sum(len(row[0]) for row in cursor))
print("== large")
with c.cursor() as cursor:
    cursor.execute("SELECT REPEAT('y', 17000000)")
    print(len(cursor.fetchone()[0]))
    cursor.execute("SELECT LENGTH(%s)", ("z" * 17000000,))
    print(cursor.fetchone())
print("== several results")
run(c, "SELECT 1; SELECT 2, 'b'; DO 1")
with c.cursor() as cursor:
    cursor.callproc("twice", (21, 0))
    print(cursor.fetchall())
print("== transactions")
c.begin()
run(c, "INSERT INTO t (v) VALUES (%s)", "rolled back")
c.rollback()
run(c, "SELECT COUNT(*) FROM t")
print("== session")
c.ping()
c.select_db("mysql")
run(c, "SELECT DATABASE()")
c.select_db("test")
print("== local file")
run(c, "CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))")
run(c, "LOAD DATA LOCAL INFILE '%s' INTO TABLE loaded" % E["FILE"])
run(c, "SELECT * FROM loaded")
c.close()
print("done")
