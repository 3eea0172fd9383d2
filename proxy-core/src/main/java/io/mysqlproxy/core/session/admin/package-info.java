/** The two phases of the admin port, which has no server: the proxy checks the password and answers itself. */
package io.mysqlproxy.core.session.admin;
