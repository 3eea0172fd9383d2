/** Values within packets that have a form of their own: connection attributes, and the cells of binary rows. */
package io.mysqlproxy.wire.value;
