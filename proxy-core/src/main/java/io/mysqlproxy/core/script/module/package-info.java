/**
 * Modules that scripts import, written once for all languages: {@code mysql.proto}, {@code mysql.password}, {@code
 * mysql.tokenizer}, {@code chassis}, {@code glib2}, {@code posix} (script-libraries.md 1 to 6, python-api.md 4).
 *
 * <p>Where the languages know different functions, or different words for the same failure, there is one declaration for each
 * over the same code. No module keeps anything about a connection.
 */
package io.mysqlproxy.core.script.module;
