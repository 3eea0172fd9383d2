package io.mysqlproxy.launcher.server;

import java.nio.file.Path;
import java.util.List;

/** What differs from one database product to the other. */
interface Product {
    /** Name and version; also the name of what is cached. */
    String name();

    /** The server's program. */
    Path program();

    /** Options for every run of the program. */
    List<String> options();

    /** Makes an empty data directory. */
    void initialise(Path data);

    /** Creates the accounts; one statement a line. */
    List<String> accounts(Account byDefault, Account byNativePassword);
}
