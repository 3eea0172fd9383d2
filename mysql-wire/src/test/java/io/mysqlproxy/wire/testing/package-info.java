/** For tests of every module. */
package io.mysqlproxy.wire.testing;
