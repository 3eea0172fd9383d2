<?php
// The common conversation with mysqli.
$e = getenv();
echo 'version ', phpversion(), "\n";
ini_set('memory_limit', '512M');
mysqli_report(MYSQLI_REPORT_OFF);

function dial($user, $password, $flags = 0) {
    global $e;
    $c = mysqli_init();
    $c->options(MYSQLI_OPT_LOCAL_INFILE, true);
    if ($e['TLS']) {
        $flags |= MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT;
    }
    if (!@$c->real_connect('127.0.0.1', $user, $password, 'test', (int) $e['PORT'], null, $flags)) {
        echo mysqli_connect_errno(), ' ', mysqli_connect_error(), "\n";
        return null;
    }
    $c->set_charset('utf8mb4');
    return $c;
}

// Of the result that a script makes up, only name and type are the server's.
function described($f) {
    return [$f->name, $f->orgname, $f->table, $f->type, $f->length, $f->charsetnr, $f->flags, $f->decimals];
}

function rows($result) {
    foreach ($result->fetch_fields() as $f) {
        echo implode(':', $f->name === 'word' ? [$f->name, $f->type] : described($f)), ' ';
    }
    echo "\n";
    while ($row = $result->fetch_row()) {
        echo json_encode(array_map(fn ($v) => is_string($v) ? bin2hex($v) : $v, $row)), "\n";
    }
}

function run($c, $sql) {
    if (!$c->multi_query($sql)) {
        echo 'error ', $c->errno, ' ', $c->sqlstate, ' ', $c->error, "\n";
        return;
    }
    do {
        if ($result = $c->store_result()) {
            rows($result);
        } else if ($c->errno) {
            echo 'error ', $c->errno, ' ', $c->error, "\n";
        }
        echo $c->affected_rows, ' ', $c->insert_id, ' ', $c->warning_count, ' ', $c->info, "\n";
    } while ($c->more_results() && $c->next_result());
    if ($c->errno) {
        echo 'error ', $c->errno, ' ', $c->error, "\n";
    }
}

echo "== login\n";
dial($e['NATIVE_USER'], $e['NATIVE_PASSWORD'])->close();
dial($e['USER_NAME'], 'wrong');
$c = dial($e['USER_NAME'], $e['PASSWORD']);
echo "== statements\n";
foreach (file($e['STATEMENTS'], FILE_IGNORE_NEW_LINES) as $sql) {
    run($c, $sql);
}
echo "== unbuffered\n";
$c->real_query("SELECT REPEAT('x', 1000) FROM many");
$result = $c->use_result();
$sum = 0;
while ($row = $result->fetch_row()) {
    $sum += strlen($row[0]);
}
$result->free();
echo $sum, "\n";
echo "== large\n";
echo strlen($c->query("SELECT REPEAT('y', 17000000)")->fetch_row()[0]), "\n";
echo $c->query("SELECT LENGTH('" . str_repeat('z', 17000000) . "')")->fetch_row()[0], "\n";
echo "== several results\n";
run($c, "SELECT 1; SELECT 2, 'b'; DO 1");
run($c, 'CALL twice(21, @b)');
run($c, 'SELECT 1; SELECT nosuch');
echo "== prepared\n";
$s = $c->prepare('INSERT INTO t (v, n, b) VALUES (?, ?, ?)');
[$v, $n, $b] = ['prepared', 2.5, null];
$s->bind_param('sdb', $v, $n, $b);
$s->send_long_data(2, str_repeat('long', 10000));
$s->send_long_data(2, 'data');
echo $s->execute() ? 'inserted ' . $s->affected_rows . ' ' . $s->insert_id : $s->error, "\n";
$s->close();
$s = $c->prepare('SELECT id, v, n, d, LENGTH(b) FROM t WHERE id >= ? ORDER BY id');
foreach ([1, 1000] as $from) {
    $s->bind_param('i', $from);
    $s->execute();
    rows($s->get_result());
}
$s->reset();
$s->close();
echo $c->prepare('SELECT nosuch FROM t') ? 'prepared' : $c->errno . ' ' . $c->error, "\n";
echo "== cursors\n";
$s = $c->prepare('SELECT v FROM many ORDER BY v');
$s->attr_set(MYSQLI_STMT_ATTR_CURSOR_TYPE, MYSQLI_CURSOR_TYPE_READ_ONLY);
$s->attr_set(MYSQLI_STMT_ATTR_PREFETCH_ROWS, 3);
$s->execute();
$s->bind_result($v);
while ($s->fetch()) {
    echo $v, ' ';
}
$s->close();
echo "\n== transactions\n";
$c->begin_transaction();
run($c, "INSERT INTO t (v) VALUES ('rolled back')");
$c->rollback();
run($c, 'SELECT COUNT(*) FROM t');
echo "== local file\n";
run($c, 'CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))');
run($c, "LOAD DATA LOCAL INFILE '{$e['FILE']}' INTO TABLE loaded");
run($c, 'SELECT * FROM loaded');
echo "== session\n";
echo json_encode([@$c->ping(), $c->select_db('mysql')]), "\n";
run($c, 'SELECT DATABASE()');
echo json_encode($c->change_user($e['NATIVE_USER'], $e['NATIVE_PASSWORD'], 'test')), "\n";
run($c, 'SELECT CURRENT_USER(), DATABASE()');
$c->close();
echo "== compression\n";
$c = dial($e['USER_NAME'], $e['PASSWORD'], MYSQLI_CLIENT_COMPRESS);
run($c, "SELECT REPEAT('x', 1000), 1");
$c->close();
echo "done\n";
