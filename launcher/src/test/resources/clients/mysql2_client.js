// The common conversation with mysql2 for Node.js.
const fs = require('fs');
const mysql = require('mysql2/promise');
const E = process.env;

const dial = (user = E.USER_NAME, password = E.PASSWORD, more = {}) => mysql.createConnection({
  host: '127.0.0.1', port: +E.PORT, user, password, database: 'test', charset: 'utf8mb4', multipleStatements: true,
  dateStrings: true, supportBigNumbers: true, infileStreamFactory: (path) => fs.createReadStream(path),
  ...(E.TLS === '1' ? { ssl: { rejectUnauthorized: false } } : {}), ...more });
const show = ([rows, fields]) => console.log(JSON.stringify([rows, fields && [fields].flat(2).map((f) => f && [f.name, f.columnType])]));
const run = async (c, sql, values, way = 'query') => {
  try {
    show(await c[way]({ sql, values, rowsAsArray: true }));
  } catch (e) {
    console.log('error', e.errno, e.sqlState, e.sqlMessage || e.message);
  }
};

(async () => {
  console.log('version', require('mysql2/package.json').version);
  console.log('== login');
  await (await dial(E.NATIVE_USER, E.NATIVE_PASSWORD)).end();
  await dial(E.USER_NAME, 'wrong').catch((e) => console.log(e.errno, e.message));
  let c = await dial();
  console.log('== statements');
  for (const sql of fs.readFileSync(E.STATEMENTS, 'utf8').trim().split('\n')) await run(c, sql);
  console.log('== large');
  console.log((await c.query("SELECT REPEAT('y', 17000000) AS y"))[0][0].y.length);
  await run(c, 'SELECT LENGTH(?) AS n', ['z'.repeat(17000000)]);
  console.log('== several results');
  await run(c, "SELECT 1; SELECT 2, 'b'; DO 1");
  await run(c, 'CALL twice(21, @b)');
  console.log('== prepared');
  await run(c, 'INSERT INTO t (v, n, d) VALUES (?, ?, ?)', ['żółw', 2.5, null], 'execute');
  await run(c, 'SELECT id, v, n, d FROM t WHERE id >= ? ORDER BY id', [1], 'execute');
  await run(c, 'SELECT id FROM t WHERE id > ?', [1000], 'execute');
  await run(c, 'SELECT nosuch FROM t WHERE id = ?', [1], 'execute');
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
  // this driver cannot do it with every server
  await c.changeUser({ user: E.NATIVE_USER, password: E.NATIVE_PASSWORD, database: 'mysql' }).catch(async (e) => {
    console.log(e.errno);
    c = await dial();
  });
  await run(c, 'SELECT CURRENT_USER(), DATABASE()');
  await c.end();
  console.log('== compression');
  c = await dial(E.USER_NAME, E.PASSWORD, { compress: true });
  await run(c, "SELECT REPEAT('x', 1000), 1");
  await c.end();
  console.log('done');
})().catch((e) => { console.log(e); process.exit(1); });
