package io.mysqlproxy.script;

import java.nio.file.Path;

/**
 * One version of a script file.
 *
 * @param path the file, absolute; engines use its text as chunk or module name
 * @param text the bytes of the file, without any decoding; owned by this object
 */
public record ScriptSource(Path path, byte[] text) {}
