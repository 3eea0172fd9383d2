/** The phases from a client's connection to its login: a backend is found, greets, and is logged in to. */
package io.mysqlproxy.core.session.login;
