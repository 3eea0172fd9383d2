/**
 * The built-in console of the admin port: what administrators can ask and order without a script of their own.
 *
 * <p>It is written in Java so that it is there without any interpreter, and sees what scripts do not.
 */
package io.mysqlproxy.core.admin;
