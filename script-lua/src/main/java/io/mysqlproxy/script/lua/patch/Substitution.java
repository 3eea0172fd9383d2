package io.mysqlproxy.script.lua.patch;

import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;

/** One method of {@code luaj-jse} 3.0.1 and what is put in its place. */
enum Substitution {
    /** {@code 1/3 .. ""} is {@code 0.33333333333333}; LuaJ goes through a 32-bit float. */
    NUMBER_TO_TEXT("org/luaj/vm2/LuaDouble", "tojstring", "()Ljava/lang/String;", RuntimeCode::numberToText),

    /** {@code "-" + 0} raises and {@code "\t12\n" + 0} is 12; in LuaJ 0, and an error. */
    TEXT_TO_NUMBER("org/luaj/vm2/LuaString", "scannumber", "()D", RuntimeCode::textToNumber),

    /** {@code "\200" > "a"} is true; LuaJ compares signed bytes. */
    STRING_ORDER("org/luaj/vm2/LuaString", "strcmp", "(Lorg/luaj/vm2/LuaString;)I", RuntimeCode::stringOrder),

    /**
     * {@code #{1, 2, 3, nil, 5}} is 5; LuaJ finds 3. It depends on the size that the table was made with, which LuaJ rounds
     * up: this and the next one note it in a field of ours.
     */
    SIZES(Names.TABLE, "presize", "(II)V", RuntimeCode::sizes),

    /** See {@link #SIZES}. */
    SIZE(Names.TABLE, "presize", "(I)V", RuntimeCode::size),

    /** See {@link #SIZES}. */
    BORDER(Names.TABLE, "rawlen", "()I", RuntimeCode::border),

    /** {@code #setmetatable({}, {__len = f})} is 0; LuaJ calls f. */
    LENGTH(Names.TABLE, "len", "()Lorg/luaj/vm2/LuaValue;", RuntimeCode::length),

    /** {@code error("boom")} in line 8 gives {@code [string "f"]:8: boom}; LuaJ gives {@code f:8 boom} from here. */
    ERROR_POSITION(
            Names.CLOSURE,
            "processErrorHooks",
            "(Lorg/luaj/vm2/LuaError;Lorg/luaj/vm2/Prototype;I)V",
            RuntimeCode::errorPosition),

    /** {@code x = = 1} gives {@code [string "f"]:1: unexpected symbol near '='}; LuaJ leaves out what it is near. */
    SYNTAX_ERROR(Names.LEXER, "lexerror", "(Ljava/lang/String;I)V", CompilerCode::syntaxError),

    /** {@code x = 3x} is {@code malformed number near '3x'}; LuaJ reads 3 and x, or fails with an exception of Java's. */
    NUMERAL(Names.LEXER, "read_numeral", "(L" + Names.LEXER + "$SemInfo;)V", CompilerCode::numeral),

    /** A call whose bracket is on a new line is {@code ambiguous syntax}; LuaJ takes it for a call. */
    AMBIGUOUS_CALL(Names.LEXER, "funcargs", Names.FUNCARGS, CompilerCode::ambiguousCall),

    /** 201 local variables are an error of the program; LuaJ fails with a {@code NullPointerException}. */
    LIMITS("org/luaj/vm2/compiler/FuncState", "errorlimit", "(ILjava/lang/String;)V", CompilerCode::limits),

    /** {@code __unm} gets its operand twice, as 5.1 does for the sake of functions written for two. */
    NEGATION(Names.TABLE, "neg", "()L" + Names.VALUE + ";", RuntimeCode::negation),

    /** {@code setmetatable({}, {__lt = f}) < 1} raises; LuaJ calls f whatever the other operand is. */
    COMPARISON(Names.TABLE, "comparemt", Names.BINARY, RuntimeCode::comparison),

    /**
     * {@code local a = nil; a.b = 1} says {@code attempt to index local 'a' (a nil value)}; LuaJ does not know who runs and
     * where. Every run of a Lua function is noted in {@link io.mysqlproxy.script.lua.call.Frames}; the published method goes
     * on, as {@link InterpreterLoop} has it, under another name.
     */
    CALLS(Names.CLOSURE, "execute", Names.EXECUTE, RuntimeCode::calls);

    final String owner;
    final String method;
    final String descriptor;
    final Consumer<MethodVisitor> body;

    Substitution(String owner, String method, String descriptor, Consumer<MethodVisitor> body) {
        this.owner = owner;
        this.method = method;
        this.descriptor = descriptor;
        this.body = body;
    }
}
