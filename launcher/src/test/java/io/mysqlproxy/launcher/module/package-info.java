/** Modules and libraries that scripts import, run by the real engines. */
package io.mysqlproxy.launcher.module;
