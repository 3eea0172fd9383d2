/** What the frames of the compressed protocol hold, method by method. */
package io.mysqlproxy.core.compress;
