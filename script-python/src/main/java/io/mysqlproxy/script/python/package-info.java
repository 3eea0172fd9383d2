/**
 * Python 2.7 scripts on Jython: the {@code python} engine of {@link io.mysqlproxy.script}.
 *
 * <p>{@link io.mysqlproxy.script.python.PythonEngine} opens a {@code PythonRealm}, which owns one interpreter. A {@code
 * PythonScript} is compiled code, a {@code PythonInstance} the module that came out of one body run, a {@code
 * PythonContext} what is kept for one client connection. How declared members look to a script is in {@link
 * io.mysqlproxy.script.python.host}.
 *
 * <p>On Java 24 and later Jython's native parts want {@code --enable-native-access=ALL-UNNAMED} and {@code
 * --sun-misc-unsafe-memory-access=allow}; without them there are warnings only.
 */
package io.mysqlproxy.script.python;
