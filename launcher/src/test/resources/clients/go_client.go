// The common conversation with go-sql-driver.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

func dial(user, password string) *sql.DB {
	c := mysql.NewConfig()
	c.User, c.Passwd, c.Net, c.Addr, c.DBName = user, password, "tcp", "127.0.0.1:"+os.Getenv("PORT"), "test"
	c.AllowAllFiles, c.MultiStatements, c.AllowNativePasswords = true, true, true
	c.InterpolateParams = os.Getenv("INTERPOLATE") == "1"
	if os.Getenv("TLS") == "1" {
		c.TLSConfig = "trusting"
	}
	db, err := sql.Open("mysql", c.FormatDSN())
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func show(rows *sql.Rows) {
	defer rows.Close()
	for {
		types, _ := rows.ColumnTypes()
		for _, t := range types {
			fmt.Print(t.Name(), ":", t.DatabaseTypeName(), " ")
		}
		fmt.Println()
		for rows.Next() {
			values := make([]sql.RawBytes, len(types))
			pointers := make([]any, len(types))
			for i := range values {
				pointers[i] = &values[i]
			}
			if err := rows.Scan(pointers...); err != nil {
				fmt.Println("error", err)
			}
			for _, v := range values {
				fmt.Printf("%q ", v)
			}
			fmt.Println()
		}
		if !rows.NextResultSet() {
			break
		}
	}
	if err := rows.Err(); err != nil {
		fmt.Println("error", err)
	}
}

func run(db *sql.DB, statement string, parameters ...any) {
	word := strings.ToUpper(strings.SplitN(statement, " ", 2)[0])
	if word == "SELECT" || word == "SHOW" || word == "CALL" {
		rows, err := db.Query(statement, parameters...)
		if err != nil {
			fmt.Println("error", err)
			return
		}
		show(rows)
		return
	}
	result, err := db.Exec(statement, parameters...)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	id, _ := result.LastInsertId()
	affected, _ := result.RowsAffected()
	fmt.Println("ok", id, affected)
}

func main() {
	_ = mysql.RegisterTLSConfig("trusting", &tls.Config{InsecureSkipVerify: true})
	fmt.Println("version", os.Getenv("LIBRARY_VERSION"))
	fmt.Println("== login")
	fmt.Println(dial(os.Getenv("NATIVE_USER"), os.Getenv("NATIVE_PASSWORD")).Ping())
	fmt.Println(dial(os.Getenv("USER_NAME"), "wrong").Ping())
	db := dial(os.Getenv("USER_NAME"), os.Getenv("PASSWORD"))
	fmt.Println("== statements")
	file, _ := os.Open(os.Getenv("STATEMENTS"))
	for lines := bufio.NewScanner(file); lines.Scan(); {
		run(db, lines.Text())
	}
	fmt.Println("== large")
	var text string
	fmt.Println(db.QueryRow("SELECT REPEAT('y', 17000000)").Scan(&text), len(text))
	fmt.Println("== several results")
	run(db, "SELECT 1; SELECT 2, 'b'; DO 1")
	run(db, "CALL twice(21, @b)")
	fmt.Println("== prepared")
	run(db, "INSERT INTO t (v, n, d) VALUES (?, ?, ?)", "żółw", 2.5, nil)
	run(db, "INSERT INTO t (v, d) VALUES (?, ?)", "time", time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC))
	run(db, "SELECT id, v, n, d FROM t WHERE id >= ? ORDER BY id", 1)
	run(db, "SELECT id FROM t WHERE id > ?", 1000)
	run(db, "SELECT nosuch FROM t WHERE id = ?", 1)
	run(db, "SELECT LENGTH(?)", strings.Repeat("z", 100000))
	fmt.Println("== transactions")
	tx, _ := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelSerializable})
	_, _ = tx.Exec("INSERT INTO t (v) VALUES ('rolled back')")
	fmt.Println(tx.Rollback())
	run(db, "SELECT COUNT(*) FROM t")
	fmt.Println("== local file")
	run(db, "CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))")
	run(db, "LOAD DATA LOCAL INFILE '"+os.Getenv("FILE")+"' INTO TABLE loaded")
	run(db, "SELECT * FROM loaded")
	fmt.Println("== timeouts")
	brief, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := db.ExecContext(brief, "DO SLEEP(5)")
	fmt.Println(err)
	run(db, "SELECT 'again'")
	fmt.Println("done")
}
