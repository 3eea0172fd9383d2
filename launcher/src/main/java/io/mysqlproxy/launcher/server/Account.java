package io.mysqlproxy.launcher.server;

/**
 * Someone who may log in, from anywhere, and may do everything.
 *
 * @param user the name
 * @param password the password in clear
 */
public record Account(String user, String password) {}
