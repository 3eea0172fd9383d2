/** Tests of options. */
package io.mysqlproxy.launcher.option;
