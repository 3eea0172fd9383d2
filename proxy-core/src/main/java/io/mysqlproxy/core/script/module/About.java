package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.HostType;

/** The three texts that every module of Lua carries. */
final class About {
    private About() {}

    static <T> HostType<T> describe(HostType<T> module, String version, String description) {
        return module.get("_VERSION", m -> version)
                .get("_DESCRIPTION", m -> description)
                .get("_COPYRIGHT", m -> "Copyright (c) the authors of this proxy; see its LICENSE");
    }
}
