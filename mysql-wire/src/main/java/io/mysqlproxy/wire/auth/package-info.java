/**
 * Password methods as pure functions: what a client answers to a scramble, and how a server checks it.
 *
 * <p>Passwords are byte arrays that the caller may wipe; they never become strings (W-13). Nothing here is logged.
 */
package io.mysqlproxy.wire.auth;
