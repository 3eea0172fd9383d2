#!/bin/sh
# The common conversation with the command line client.
echo "version $(mariadb --version | sed 's/.*Distrib \([0-9.]*\).*/\1/; s/.*from \([0-9.]*\).*/\1/')"
if [ "$TLS" = 1 ]; then tls=--ssl; else tls=--skip-ssl; fi
ask() {
  MYSQL_PWD=${SECRET:-$PASSWORD} mariadb --no-defaults $tls --protocol=tcp --host=127.0.0.1 --port="$PORT" \
    --user="${NAME:-$USER_NAME}" --local-infile=1 --default-character-set=utf8mb4 --max-allowed-packet=64M \
    --batch --force --column-type-info -vv "$@" 2>&1 | grep -v '^[0-9]* rows* in set\|^Query OK.*sec\|^Bye' | sed 's/ ([0-9.]* sec)//'
}
echo "== login"
NAME=$NATIVE_USER SECRET=$NATIVE_PASSWORD ask test -e "SELECT CURRENT_USER()"
SECRET=wrong ask test -e "SELECT 1"
echo "== statements"
sed 's/$/;/' "$STATEMENTS" | ask test
echo "== large"
ask test -N -e "SELECT REPEAT('y', 17000000)" | wc -c
echo "== several results"
ask test -e "CALL twice(21, @b); SELECT @b"
echo "== session"
ask mysql -e "SELECT DATABASE(); USE test; SELECT DATABASE()"
echo "== local file"
ask test -e "CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20)); LOAD DATA LOCAL INFILE '$FILE' INTO TABLE loaded; SELECT * FROM loaded"
echo "== compression"
ask test --compress -e "SELECT LENGTH(REPEAT('x', 1000)), 1"
echo "done"
