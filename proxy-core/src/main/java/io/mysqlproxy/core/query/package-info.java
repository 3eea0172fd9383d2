/** Commands that scripts queue, and what came of them. */
package io.mysqlproxy.core.query;
