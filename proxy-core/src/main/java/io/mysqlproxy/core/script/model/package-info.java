/**
 * What scripts see, one declaration per file, the same for all languages (lua-api.md 3, python-api.md 3).
 *
 * <p>Everything here runs with the realm's lock held.
 */
package io.mysqlproxy.core.script.model;
