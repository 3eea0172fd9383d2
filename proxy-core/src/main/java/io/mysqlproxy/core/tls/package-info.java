/** Certificates, keys and what is made of them: TLS for either leg. Knows TLS engines, but no channels. */
package io.mysqlproxy.core.tls;
