package io.mysqlproxy.script.lua;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** A hook under LuaJ as published. Only for a class loader in which LuaJ is that. */
public final class PublishedHook implements ToIntFunction<byte[]> {
    private final LuaValue hook;

    /** @param script defines {@code read_query} */
    public PublishedHook(String script) {
        Globals globals = JsePlatform.standardGlobals();
        globals.load(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), "script", "t", globals)
                .call();
        hook = globals.get("read_query");
    }

    @Override
    public int applyAsInt(byte[] packet) {
        return hook.call(LuaString.valueUsing(packet)).toint();
    }
}
