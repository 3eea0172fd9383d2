// The common conversation with MariaDB's connector for Node.js.
const fs = require('fs');
const mariadb = require('mariadb');
const E = process.env;

const dial = (user = E.USER_NAME, password = E.PASSWORD, more = {}) => mariadb.createConnection({
  host: '127.0.0.1', port: +E.PORT, user, password, database: 'test', multipleStatements: true, permitLocalInfile: true,
  dateStrings: true, allowPublicKeyRetrieval: true, maxAllowedPacket: 67108864,
  ...(E.TLS === '1' ? { ssl: { rejectUnauthorized: false } } : { ssl: false }), ...more });
const run = async (c, sql, values, way = 'query') => {
  try {
    const all = await c[way]({ sql, rowsAsArray: true, metaAsArray: true }, values);
    // what a script makes up says less of its columns than a server does
    const result = sql.includes('word') ? all[0] : all;
    console.log(JSON.stringify(result, (k, v) => (typeof v === 'bigint' ? `${v}` : v)).slice(0, 2000));
  } catch (e) {
    console.log('error', e.errno, e.sqlState, e.sqlMessage || e.code);
  }
};

(async () => {
  console.log('version', mariadb.version);
  console.log('== login');
  await (await dial(E.NATIVE_USER, E.NATIVE_PASSWORD)).end();
  await dial(E.USER_NAME, 'wrong').catch((e) => console.log(e.errno, e.sqlMessage));
  let c = await dial();
  console.log('== statements');
  for (const sql of fs.readFileSync(E.STATEMENTS, 'utf8').trim().split('\n')) await run(c, sql);
  console.log('== large');
  console.log((await c.query("SELECT REPEAT('y', 17000000) AS y"))[0].y.length);
  await run(c, 'SELECT LENGTH(?) AS n', ['z'.repeat(17000000)]);
  console.log('== several results');
  await run(c, "SELECT 1; SELECT 2, 'b'; DO 1");
  await run(c, 'CALL twice(21, @b)');
  console.log('== prepared');
  await run(c, 'INSERT INTO t (v, n, d) VALUES (?, ?, ?)', ['żółw', 2.5, null], 'execute');
  await run(c, 'SELECT id, v, n, d FROM t WHERE id >= ? ORDER BY id', [1], 'execute');
  await run(c, 'SELECT id FROM t WHERE id > ?', [1000], 'execute');
  await run(c, 'SELECT nosuch FROM t WHERE id = ?', [1], 'execute');
  console.log('== batches');
  const batch = await c.batch('INSERT INTO t (v) VALUES (?)', [['a'], ['b'], ['c']]);
  console.log(JSON.stringify(batch, (k, v) => (typeof v === 'bigint' ? `${v}` : v)));
  console.log('== transactions');
  await c.beginTransaction();
  await run(c, "INSERT INTO t (v) VALUES ('rolled back')");
  await c.rollback();
  await run(c, 'SELECT COUNT(*) FROM t');
  console.log('== local file');
  await run(c, 'CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))');
  await run(c, `LOAD DATA LOCAL INFILE '${E.FILE}' INTO TABLE loaded`);
  await run(c, 'SELECT * FROM loaded');
  console.log('== session');
  await c.ping();
  await c.changeUser({ user: E.NATIVE_USER, password: E.NATIVE_PASSWORD, database: 'mysql' }).catch((e) => console.log(e.errno));
  await run(c, 'SELECT CURRENT_USER(), DATABASE()');
  await c.reset().catch((e) => console.log(e.errno));
  await c.end();
  console.log('== compression');
  c = await dial(E.USER_NAME, E.PASSWORD, { compress: true });
  await run(c, "SELECT REPEAT('x', 1000), 1");
  await c.end();
  console.log('done');
})().catch((e) => { console.log(e); process.exit(1); });
