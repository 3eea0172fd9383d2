/** For tests of every module that handles buffers. */
package io.mysqlproxy.wire.testing;
