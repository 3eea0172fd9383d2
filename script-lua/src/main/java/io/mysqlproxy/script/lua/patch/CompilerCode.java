package io.mysqlproxy.script.lua.patch;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.DUP_X1;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IF_ICMPEQ;
import static org.objectweb.asm.Opcodes.IF_ICMPNE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** The bodies for methods of the compiler; {@link Substitution} says what for. */
final class CompilerCode {
    private CompilerCode() {}

    static void syntaxError(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "linenumber", "I");
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ILOAD, 2);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 2);
        code.visitMethodInsn(INVOKESTATIC, Names.CALL + "SyntaxErrors", "tokenOr", "(I)I", false);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.LEXER, "txtToken", "(I)Ljava/lang/String;", false);
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.CALL + "SyntaxErrors",
                "error",
                "(ILjava/lang/String;ILjava/lang/String;)Lorg/luaj/vm2/LuaError;",
                false);
        code.visitInsn(ATHROW);
    }

    static void numeral(MethodVisitor code) {
        Label next = new Label();
        Label end = new Label();
        Label good = new Label();
        code.visitLabel(next);
        loadBuffer(code);
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "current", "I");
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numerals", "goesOn", "([CII)Z", false);
        code.visitJumpInsn(IFEQ, end);
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.LEXER, "save_and_next", "()V", false);
        code.visitJumpInsn(GOTO, next);
        code.visitLabel(end);
        code.visitVarInsn(ALOAD, 1);
        loadBuffer(code);
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numerals", "value", "([CI)Lorg/luaj/vm2/LuaNumber;", false);
        code.visitInsn(DUP_X1);
        code.visitFieldInsn(PUTFIELD, Names.LEXER + "$SemInfo", "r", "Lorg/luaj/vm2/LuaValue;");
        code.visitJumpInsn(IFNONNULL, good);
        raise(code, "malformed number", Names.TK_NUMBER);
        code.visitLabel(good);
        code.visitInsn(RETURN);
    }

    static void ambiguousCall(MethodVisitor code) {
        Label fine = new Label();
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "t", "L" + Names.LEXER + "$Token;");
        code.visitFieldInsn(GETFIELD, Names.LEXER + "$Token", "token", "I");
        code.visitIntInsn(BIPUSH, '(');
        code.visitJumpInsn(IF_ICMPNE, fine);
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "linenumber", "I");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "lastline", "I");
        code.visitJumpInsn(IF_ICMPEQ, fine);
        raise(code, "ambiguous syntax (function call x new statement)", '(');
        code.visitLabel(fine);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ILOAD, 2);
        code.visitMethodInsn(INVOKESPECIAL, Names.LEXER, "funcargs" + Names.PUBLISHED, Names.FUNCARGS, false);
        code.visitInsn(RETURN);
    }

    static void limits(MethodVisitor code) {
        String compiler = "org/luaj/vm2/compiler/FuncState";
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, compiler, "ls", "L" + Names.LEXER + ";");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, compiler, "f", "Lorg/luaj/vm2/Prototype;");
        code.visitFieldInsn(GETFIELD, "org/luaj/vm2/Prototype", "linedefined", "I");
        code.visitVarInsn(ILOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitMethodInsn(
                INVOKESTATIC, Names.CALL + "SyntaxErrors", "limit", "(IILjava/lang/String;)Ljava/lang/String;", false);
        code.visitInsn(ICONST_0);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.LEXER, "lexerror", "(Ljava/lang/String;I)V", false);
        code.visitInsn(RETURN);
    }

    private static void loadBuffer(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "buff", "[C");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.LEXER, "nbuff", "I");
    }

    private static void raise(MethodVisitor code, String message, int token) {
        code.visitVarInsn(ALOAD, 0);
        code.visitLdcInsn(message);
        code.visitIntInsn(SIPUSH, token);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.LEXER, "lexerror", "(Ljava/lang/String;I)V", false);
    }
}
