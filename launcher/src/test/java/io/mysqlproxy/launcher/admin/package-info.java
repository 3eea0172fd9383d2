/** The admin port, as drivers, tools and scripts see it. */
package io.mysqlproxy.launcher.admin;
