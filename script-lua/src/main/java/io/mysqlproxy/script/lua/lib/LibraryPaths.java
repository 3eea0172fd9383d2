package io.mysqlproxy.script.lua.lib;

/**
 * Where {@code require} looks at first; {@code ;;} stands for the interpreter's own default.
 *
 * @param path {@code package.path}
 * @param cpath {@code package.cpath}, which is only kept
 */
public record LibraryPaths(String path, String cpath) {}
