/** What packets may travel in: compressed frames, TLS, and behind the header of a load balancer. */
package io.mysqlproxy.core.net.wrapping;
