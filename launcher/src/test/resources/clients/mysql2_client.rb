# The common conversation with mysql2.
require 'mysql2'

E = ENV
puts "version #{Mysql2::VERSION}"
FLAGS = Mysql2::Client::MULTI_STATEMENTS

def dial(user = E['USER_NAME'], password = E['PASSWORD'], flags = FLAGS)
  options = { host: '127.0.0.1', port: E['PORT'].to_i, username: user, password: password, database: 'test',
              encoding: 'utf8mb4', local_infile: true, flags: flags }
  options[:sslcipher] = 'ALL' if E['TLS'] == '1'
  Mysql2::Client.new(options)
end

def show(client, result)
  p result && [result.fields, result.map(&:values)], client.affected_rows, client.last_id
end

def run(client, sql)
  show(client, client.query(sql))
  while client.more_results?
    client.next_result
    show(client, client.store_result)
  end
rescue Mysql2::Error => e
  puts "error #{e.error_number} #{e.sql_state} #{e.message}"
end

puts '== login'
dial(E['NATIVE_USER'], E['NATIVE_PASSWORD']).close
begin
  dial(E['USER_NAME'], 'wrong')
rescue Mysql2::Error => e
  puts "#{e.error_number} #{e.message}"
end
c = dial
puts '== statements'
File.foreach(E['STATEMENTS'], chomp: true, encoding: 'utf-8') { |sql| run(c, sql) }
puts '== unbuffered'
rows = c.query("SELECT REPEAT('x', 1000) AS x FROM many", stream: true, cache_rows: false)
puts rows.sum { |row| row['x'].size }
puts '== large'
puts c.query("SELECT REPEAT('y', 17000000) AS y").first['y'].size
puts '== several results'
run(c, "SELECT 1; SELECT 2, 'b'; DO 1")
run(c, 'CALL twice(21, @b)')
puts '== prepared'
statement = c.prepare('INSERT INTO t (v, n, d) VALUES (?, ?, ?)')
statement.execute('prepared', 2.5, nil)
p statement.affected_rows, statement.last_id
statement = c.prepare('SELECT id, v, n, d FROM t WHERE id >= ? ORDER BY id')
[1, 1000].each { |from| p statement.execute(from).map(&:values) }
statement.close
begin
  c.prepare('SELECT nosuch FROM t')
rescue Mysql2::Error => e
  puts "error #{e.error_number} #{e.message}"
end
puts '== transactions'
c.query('BEGIN')
run(c, "INSERT INTO t (v) VALUES ('rolled back')")
c.query('ROLLBACK')
run(c, 'SELECT COUNT(*) FROM t')
puts '== session'
p c.ping, c.select_db('mysql')
run(c, 'SELECT DATABASE()')
c.select_db('test')
puts '== local file'
run(c, 'CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))')
run(c, "LOAD DATA LOCAL INFILE '#{E['FILE']}' INTO TABLE loaded")
run(c, 'SELECT * FROM loaded')
c.close
puts '== compression'
c = dial(E['USER_NAME'], E['PASSWORD'], FLAGS | Mysql2::Client::COMPRESS)
run(c, "SELECT REPEAT('x', 1000), 1")
c.close
puts 'done'
