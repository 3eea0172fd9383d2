/** The proxy: sessions between clients and servers, and the scripts that steer them. */
package io.mysqlproxy.core;
