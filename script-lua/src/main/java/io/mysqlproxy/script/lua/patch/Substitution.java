package io.mysqlproxy.script.lua.patch;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.DRETURN;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** One method of {@code luaj-jse} 3.0.1 and what is put in its place. */
enum Substitution {
    /** {@code 1/3 .. ""} is {@code 0.33333333333333}; LuaJ goes through a 32-bit float. */
    NUMBER_TO_TEXT("org/luaj/vm2/LuaDouble", "tojstring", "()Ljava/lang/String;", code -> {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, "org/luaj/vm2/LuaDouble", "v", "D");
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numbers", "text", "(D)Ljava/lang/String;", false);
        code.visitInsn(ARETURN);
    }),

    /** {@code "-" + 0} raises and {@code "\t12\n" + 0} is 12; in LuaJ 0, and an error. */
    TEXT_TO_NUMBER("org/luaj/vm2/LuaString", "scannumber", "()D", code -> {
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numbers", "scan", "(Lorg/luaj/vm2/LuaString;)D", false);
        code.visitInsn(DRETURN);
    }),

    /** {@code error("boom")} in line 8 gives {@code [string "f"]:8: boom}; LuaJ gives {@code f:8 boom}. */
    ERROR_POSITION(
            "org/luaj/vm2/LuaClosure",
            "processErrorHooks",
            "(Lorg/luaj/vm2/LuaError;Lorg/luaj/vm2/Prototype;I)V",
            code -> {
                code.visitVarInsn(ALOAD, 1);
                code.visitVarInsn(ALOAD, 1);
                code.visitVarInsn(ALOAD, 1);
                code.visitFieldInsn(GETFIELD, "org/luaj/vm2/LuaError", "traceback", "Ljava/lang/String;");
                code.visitVarInsn(ALOAD, 2);
                code.visitVarInsn(ILOAD, 3);
                code.visitMethodInsn(
                        INVOKESTATIC,
                        Names.CALL + "Positions",
                        "locate",
                        "(Lorg/luaj/vm2/LuaError;Ljava/lang/String;Lorg/luaj/vm2/Prototype;I)Ljava/lang/String;",
                        false);
                code.visitFieldInsn(PUTFIELD, "org/luaj/vm2/LuaError", "traceback", "Ljava/lang/String;");
                code.visitInsn(RETURN);
            }),

    /** {@code x = = 1} gives {@code [string "f"]:1: unexpected symbol near '='}; LuaJ leaves out what it is near. */
    SYNTAX_ERROR("org/luaj/vm2/compiler/LexState", "lexerror", "(Ljava/lang/String;I)V", code -> {
        String lexer = "org/luaj/vm2/compiler/LexState";
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, lexer, "source", "Lorg/luaj/vm2/LuaString;");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, lexer, "linenumber", "I");
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ILOAD, 2);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 2);
        code.visitMethodInsn(INVOKESTATIC, Names.CALL + "Positions", "tokenOr", "(I)I", false);
        code.visitMethodInsn(INVOKEVIRTUAL, lexer, "txtToken", "(I)Ljava/lang/String;", false);
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.CALL + "Positions",
                "syntaxError",
                "(Lorg/luaj/vm2/LuaString;ILjava/lang/String;ILjava/lang/String;)Lorg/luaj/vm2/LuaError;",
                false);
        code.visitInsn(ATHROW);
    }),

    /**
     * {@code setfenv(1, t)} needs to know who calls: every run of a Lua function is noted in {@link
     * io.mysqlproxy.script.lua.call.Frames}. The published method goes on as {@code execute$published}.
     */
    CALLS("org/luaj/vm2/LuaClosure", "execute", Names.EXECUTE, code -> {
        Label start = new Label();
        Label end = new Label();
        Label raised = new Label();
        code.visitTryCatchBlock(start, end, raised, null);
        code.visitMethodInsn(INVOKESTATIC, Names.FRAMES, "current", "()L" + Names.FRAMES + ";", false);
        code.visitVarInsn(ASTORE, 3);
        code.visitVarInsn(ALOAD, 3);
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.FRAMES, "enter", "(Lorg/luaj/vm2/LuaClosure;)I", false);
        code.visitVarInsn(ISTORE, 4);
        code.visitLabel(start);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitMethodInsn(
                INVOKESPECIAL, "org/luaj/vm2/LuaClosure", "execute" + Names.PUBLISHED, Names.EXECUTE, false);
        code.visitLabel(end);
        Names.leave(code);
        code.visitInsn(ARETURN);
        code.visitLabel(raised);
        Names.leave(code);
        code.visitInsn(ATHROW);
    });

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

    /** An enum cannot refer to its own static fields in its constants. */
    static final class Names {
        static final String TEXT = "io/mysqlproxy/script/lua/text/";
        static final String CALL = "io/mysqlproxy/script/lua/call/";
        static final String FRAMES = CALL + "Frames";
        static final String EXECUTE = "([Lorg/luaj/vm2/LuaValue;Lorg/luaj/vm2/Varargs;)Lorg/luaj/vm2/Varargs;";
        static final String PUBLISHED = "$published";

        private Names() {}

        /** A mere store: a call here could run out of stack once more. */
        static void leave(MethodVisitor code) {
            code.visitVarInsn(ALOAD, 3);
            code.visitVarInsn(ILOAD, 4);
            code.visitFieldInsn(PUTFIELD, FRAMES, "depth", "I");
        }
    }
}
