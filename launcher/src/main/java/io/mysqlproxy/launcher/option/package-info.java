/**
 * Options as data: what exists, how a value is read, how a command line becomes values, and how help is printed.
 *
 * <p>An option is declared once, as a {@link io.mysqlproxy.launcher.option.Setting}; parsing, defaults, error texts and help
 * follow from the declaration. A second proxy plugin is the same declarations with another prefix.
 */
package io.mysqlproxy.launcher.option;
