package io.mysqlproxy.launcher.client;

import java.util.List;

/** A client library, and the program among the resources that has the common conversation with it. */
enum Client {
    MARIADB_CLI("mariadb", "command line", List.of("mariadb", "--version"), "sh", "cli.sh"),
    PYMYSQL(
            "PyMySQL",
            "Python",
            List.of("/usr/bin/python3", "-c", "import pymysql, cryptography"),
            "/usr/bin/python3",
            "pymysql_client.py"),
    MYSQLCLIENT(
            "mysqlclient",
            "Python",
            List.of("/usr/bin/python3", "-c", "import MySQLdb"),
            "/usr/bin/python3",
            "mysqldb_client.py"),
    DBD_MYSQL("DBD::mysql", "Perl", List.of("perl", "-MDBD::mysql", "-e", "1"), "perl", "dbd_client.pl"),
    MYSQLI(
            "mysqli",
            "PHP",
            List.of("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);"),
            "php",
            "mysqli_client.php"),
    PDO("PDO", "PHP", List.of("php", "-r", "exit(extension_loaded('pdo_mysql') ? 0 : 1);"), "php", "pdo_client.php"),
    MYSQL2_RUBY("mysql2", "Ruby", List.of("ruby", "-e", "require 'mysql2'"), "ruby", "mysql2_client.rb"),
    GO(
            "go-sql-driver",
            "Go",
            List.of("sh", "-c", "go version && test -d /usr/share/gocode/src/github.com/go-sql-driver/mysql"),
            "sh",
            "go_client.sh"),
    MYSQL2_NODE("mysql2", "Node.js", List.of("node", "-e", "require('mysql2')"), "node", "mysql2_client.js"),
    MARIADB_NODE("mariadb", "Node.js", List.of("node", "-e", "require('mariadb')"), "node", "mariadb_client.js"),
    CONNECTOR_J("Connector/J", "Java", "mysql", "mysql-connector-j-9"),
    CONNECTOR_J_NEWEST("Connector/J", "Java", "mysql", "mysql-connector-j-26"),
    MARIADB_JAVA("mariadb-java-client", "Java", "mariadb", "mariadb-java-client-3"),
    MARIADB_JAVA_NEWEST("mariadb-java-client", "Java", "mariadb", "mariadb-java-client-4");

    /** What people call it. */
    final String library;

    final String language;

    /** Succeeds where it is installed. */
    final List<String> probe;

    /** Has the conversation; run in the folder of resources. */
    final List<String> command;

    /** What {@code Jdbc.java} calls the driver; empty for others. */
    final String driver;

    Client(String library, String language, List<String> probe, String... command) {
        this.library = library;
        this.language = language;
        this.probe = probe;
        this.command = List.of(command);
        this.driver = "";
    }

    /** A driver of JDBC, which the build has copied. */
    Client(String library, String language, String driver, String jar) {
        this.library = library;
        this.language = language;
        this.probe = List.of("javac", "-version");
        this.command = List.of("sh", "jdbc.sh", Programs.driver(jar));
        this.driver = driver;
    }

    /** The major version, where two of them take part; empty for others. */
    String major() {
        return driver.isEmpty() ? "" : command.get(2).replaceAll(".*-(\\d+)\\.[^/]*$", "$1.");
    }

    @Override
    public String toString() {
        return library + " (" + language + ")" + (driver.isEmpty() ? "" : " " + name());
    }
}
