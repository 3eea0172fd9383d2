package io.mysqlproxy.script.lua.patch;

/** Names and descriptors as class files have them. */
final class Names {
    static final String TEXT = "io/mysqlproxy/script/lua/text/";
    static final String CALL = "io/mysqlproxy/script/lua/call/";
    static final String FRAMES = CALL + "Frames";
    static final String PATCH = "io/mysqlproxy/script/lua/patch/";
    static final String FRAME = CALL + "Frame";
    static final String TABLE = "org/luaj/vm2/LuaTable";
    static final String CLOSURE = "org/luaj/vm2/LuaClosure";
    static final String VALUE = "org/luaj/vm2/LuaValue";
    static final String BINARY = "(L" + VALUE + ";L" + VALUE + ";)L" + VALUE + ";";
    static final String LEXER = "org/luaj/vm2/compiler/LexState";
    static final String FUNCARGS = "(L" + LEXER + "$expdesc;I)V";
    static final int TK_NUMBER = 287;
    static final String VARARGS = "Lorg/luaj/vm2/Varargs;";
    static final String EXECUTE = "([Lorg/luaj/vm2/LuaValue;" + VARARGS + ")" + VARARGS;
    static final String LOOP = "([Lorg/luaj/vm2/LuaValue;" + VARARGS + "L" + FRAME + ";)" + VARARGS;
    static final String ENTER = "(L" + CLOSURE + ";[Lorg/luaj/vm2/LuaValue;" + VARARGS + ")L" + FRAME + ";";
    static final String PUBLISHED = "$published";

    static final String SIZE_FIELD = "size$constructed";

    private Names() {}
}
