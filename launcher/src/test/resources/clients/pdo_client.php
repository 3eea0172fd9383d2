<?php
// The common conversation with PDO.
$e = getenv();
echo 'version ', phpversion(), "\n";
ini_set('memory_limit', '512M');

function dial($user, $password, $more = []) {
    global $e;
    $options = $more + [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::MYSQL_ATTR_LOCAL_INFILE => true];
    if ($e['TLS']) {
        $options += [PDO::MYSQL_ATTR_SSL_CA => '', PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => false,
            PDO::MYSQL_ATTR_SSL_CIPHER => 'DEFAULT'];
    }
    return new PDO("mysql:host=127.0.0.1;port={$e['PORT']};dbname=test;charset=utf8mb4", $user, $password, $options);
}

function show($s) {
    do {
        echo $s->rowCount(), ' ', $s->columnCount(), "\n";
        for ($i = 0; $i < $s->columnCount(); $i++) {
            $meta = $s->getColumnMeta($i);
            echo $meta['name'], ':', $meta['native_type'] ?? '', ' ';
        }
        if ($s->columnCount()) {
            foreach ($s->fetchAll(PDO::FETCH_NUM) as $row) {
                echo json_encode(array_map(fn ($v) => is_string($v) ? bin2hex($v) : $v, $row)), "\n";
            }
        }
    } while ($s->nextRowset());
}

function run($c, $sql, $parameters = []) {
    try {
        $s = $c->prepare($sql);
        $s->execute($parameters);
        show($s);
        echo $c->lastInsertId(), "\n";
    } catch (PDOException $error) {
        echo 'error ', $error->getMessage(), "\n";
    }
}

echo "== login\n";
dial($e['NATIVE_USER'], $e['NATIVE_PASSWORD']);
try {
    dial($e['USER_NAME'], 'wrong');
} catch (PDOException $error) {
    echo $error->getMessage(), "\n";
}
foreach (['statements' => true, 'prepared' => false] as $title => $emulated) {
    echo "== $title\n";
    $c = dial($e['USER_NAME'], $e['PASSWORD'], [PDO::ATTR_EMULATE_PREPARES => $emulated]);
    foreach (file($e['STATEMENTS'], FILE_IGNORE_NEW_LINES) as $sql) {
        run($c, $sql);
    }
    run($c, 'SELECT v, n FROM t WHERE id >= ? ORDER BY id', [1]);
    run($c, 'SELECT ? AS a, ? AS b', ['żółw', null]);
}
echo "== several results\n";
run($c, 'CALL twice(21, @b)');
$c->setAttribute(PDO::ATTR_EMULATE_PREPARES, true);
run($c, "SELECT 1; SELECT 2, 'b'; DO 1");
echo "== unbuffered\n";
$c->setAttribute(PDO::MYSQL_ATTR_USE_BUFFERED_QUERY, false);
$sum = 0;
foreach ($c->query("SELECT REPEAT('x', 1000) FROM many") as $row) {
    $sum += strlen($row[0]);
}
echo $sum, "\n";
$c->setAttribute(PDO::MYSQL_ATTR_USE_BUFFERED_QUERY, true);
echo "== large\n";
echo strlen($c->query("SELECT REPEAT('y', 17000000)")->fetchColumn()), "\n";
echo "== transactions\n";
$c->beginTransaction();
run($c, 'INSERT INTO t (v) VALUES (?)', ['rolled back']);
$c->rollBack();
run($c, 'SELECT COUNT(*) FROM t');
echo "== local file\n";
run($c, 'CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))');
echo $c->exec("LOAD DATA LOCAL INFILE '{$e['FILE']}' INTO TABLE loaded"), "\n";
run($c, 'SELECT * FROM loaded');
echo "== compression\n";
run(dial($e['USER_NAME'], $e['PASSWORD'], [PDO::MYSQL_ATTR_COMPRESS => true]), "SELECT REPEAT('x', 1000), 1");
echo "done\n";
