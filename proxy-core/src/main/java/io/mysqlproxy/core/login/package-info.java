/**
 * Logins across legs of which only one is secure: the one place that knows what passwords look like where (protocol.md 3). The
 * proxy's own account ({@code OwnLogin}) is no exception.
 *
 * <p>Passwords are byte arrays, wiped after use; they are never logged and never kept.
 */
package io.mysqlproxy.core.login;
