/**
 * Real database servers for the demo and for tests: unpacked or found, initialised once, started within a second from a copy,
 * gone without a trace afterwards.
 *
 * <p>Neither server is part of what this project hands out. MySQL comes from a jar that the build resolves; MariaDB is the
 * system's.
 */
package io.mysqlproxy.launcher.server;
