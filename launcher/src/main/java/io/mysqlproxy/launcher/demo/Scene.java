package io.mysqlproxy.launcher.demo;

import java.util.List;

/**
 * One pair of scripts, and what clients ask.
 *
 * @param script the name of both files, without suffix
 * @param caption what the scripts do
 * @param statements what to send through either
 */
record Scene(String script, String caption, List<String> statements) {
    /** What the server holds. */
    static final List<String> PREPARATION = List.of(
            "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(20), card VARCHAR(20))",
            "INSERT INTO customers VALUES (1, 'Ada', '4556737586899855'), (2, 'Grace', '6011000990139424'), (3, 'Linus', NULL)");

    /** In the order of the demonstration. */
    static final List<Scene> ALL = List.of(
            new Scene(
                    "answer",
                    "the script answers these itself; the server never sees them",
                    List.of("SHOW SCRIPT", "FORGET SCRIPT", "DROP SCRIPT")),
            new Scene(
                    "inject",
                    "the script adds a statement before and after each of the client's, and prints a count",
                    List.of("SELECT @statements", "SELECT name FROM customers WHERE id = 2", "SELECT @statements")),
            new Scene(
                    "mask",
                    "the script hides cells of a result",
                    List.of("SELECT * FROM customers", "SELECT name FROM customers", "SELECT card FROM nowhere")));

    /** The script of a language, relative to the base directory. */
    String file(String engine) {
        return "samples/" + engine + "/" + script + (engine.equals("lua") ? ".lua" : ".py");
    }
}
