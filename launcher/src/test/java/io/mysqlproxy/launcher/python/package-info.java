/** The Python API from end to end: a client and a backend that show every byte, and a script between them. */
package io.mysqlproxy.launcher.python;
