/** For tests of every module: real database servers, and proxies in this process. */
package io.mysqlproxy.launcher.testing;
