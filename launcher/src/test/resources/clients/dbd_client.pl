# The common conversation with DBD::mysql.
use strict;
use warnings;
use DBI;

$| = 1;
binmode STDOUT, ':encoding(UTF-8)';
print "version $DBD::mysql::VERSION\n" if eval { require DBD::mysql };

sub dial {
    my ($user, $password, $more) = @_;
    my $tls = $ENV{TLS} ? ';mysql_ssl=1;mysql_ssl_optional=1' : '';
    return DBI->connect("dbi:mysql:database=test;host=127.0.0.1;port=$ENV{PORT};mysql_local_infile=1;mysql_enable_utf8mb4=1"
          . ";mysql_multi_statements=1$tls" . ($more // ''), $user, $password, { PrintError => 0, RaiseError => 0 });
}

sub show {
    my ($handle) = @_;
    do {
        if ($handle->{NUM_OF_FIELDS}) {
            print join(',', @{ $handle->{NAME} }), ' ', join(',', @{ $handle->{mysql_type} }), "\n";
            while (my $row = $handle->fetchrow_arrayref) {
                print join('|', map { $_ // 'NULL' } @$row), "\n";
            }
            print 'error ', $handle->err, ' ', $handle->errstr, "\n" if $handle->err;
        } else {
            print 'rows ', $handle->rows, ' id ', $handle->{mysql_insertid} // '', "\n";
        }
    } while ($handle->more_results);
    print 'warnings ', $handle->{mysql_warning_count} // 0, "\n";
}

sub run {
    my ($dbh, $sql, @parameters) = @_;
    my $handle = $dbh->prepare($sql);
    if ($handle && $handle->execute(@parameters)) {
        show($handle);
    } else {
        print 'error ', $dbh->err, ' ', $dbh->state, ' ', $dbh->errstr, "\n";
    }
}

print "== login\n";
dial($ENV{NATIVE_USER}, $ENV{NATIVE_PASSWORD})->disconnect;
dial($ENV{USER_NAME}, 'wrong') or print $DBI::err, ' ', $DBI::errstr, "\n";
my $dbh = dial($ENV{USER_NAME}, $ENV{PASSWORD}) or die $DBI::errstr;
print "== statements\n";
open my $file, '<:encoding(UTF-8)', $ENV{STATEMENTS} or die;
while (my $sql = <$file>) {
    chomp $sql;
    run($dbh, $sql);
}
print "== large\n";
print length($dbh->selectrow_array("SELECT REPEAT('y', 17000000)")), "\n";
print $dbh->selectrow_array('SELECT LENGTH(?)', undef, 'z' x 17000000), "\n";
print "== several results\n";
run($dbh, "SELECT 1; SELECT 2, 'b'; DO 1");
run($dbh, 'CALL twice(21, @b)');
print "== transactions\n";
$dbh->begin_work;
run($dbh, 'INSERT INTO t (v) VALUES (?)', 'rolled back');
$dbh->rollback;
run($dbh, 'SELECT COUNT(*) FROM t');
print "== session\n";
print $dbh->ping, "\n";
run($dbh, 'USE mysql');
run($dbh, 'SELECT DATABASE()');
run($dbh, 'USE test');
print "== local file\n";
run($dbh, 'CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))');
run($dbh, "LOAD DATA LOCAL INFILE '$ENV{FILE}' INTO TABLE loaded");
run($dbh, 'SELECT * FROM loaded');
$dbh->disconnect;
print "== prepared\n";
$dbh = dial($ENV{USER_NAME}, $ENV{PASSWORD}, ';mysql_server_prepare=1') or die;
run($dbh, 'CREATE TEMPORARY TABLE p (id INT, v VARCHAR(20), b LONGBLOB)');
run($dbh, 'INSERT INTO p VALUES (?, ?, ?)', 1, "\x{17c}\x{f3}\x{142}w", "a\0b");
run($dbh, 'INSERT INTO p VALUES (?, ?, ?)', 2, undef, 'x' x 100000);
run($dbh, 'SELECT id, v, LENGTH(b) FROM p WHERE id >= ?', 1);
run($dbh, 'SELECT nosuch FROM p WHERE id = ?', 1);
run($dbh, 'SELECT id FROM p WHERE id > ?', 100);
$dbh->disconnect;
print "== compression\n";
$dbh = dial($ENV{USER_NAME}, $ENV{PASSWORD}, ';mysql_compression=1') or die;
run($dbh, "SELECT REPEAT('x', 1000), 1");
$dbh->disconnect;
print "done\n";
