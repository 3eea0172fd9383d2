/** The samples, each run in both languages. */
package io.mysqlproxy.samples;
