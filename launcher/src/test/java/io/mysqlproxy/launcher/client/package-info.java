/** Client libraries of several languages, each in a process of its own, direct and through proxies. */
package io.mysqlproxy.launcher.client;
