/** Writes the reference of the object model from its declarations. */
package io.mysqlproxy.launcher.reference;
