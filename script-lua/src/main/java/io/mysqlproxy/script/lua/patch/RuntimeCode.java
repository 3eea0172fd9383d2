package io.mysqlproxy.script.lua.patch;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.DRETURN;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** The bodies for methods of values and of the interpreter; {@link Substitution} says what for. */
final class RuntimeCode {
    private RuntimeCode() {}

    static void numberToText(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, "org/luaj/vm2/LuaDouble", "v", "D");
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numbers", "text", "(D)Ljava/lang/String;", false);
        code.visitInsn(ARETURN);
    }

    static void textToNumber(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESTATIC, Names.TEXT + "Numbers", "scan", "(Lorg/luaj/vm2/LuaString;)D", false);
        code.visitInsn(DRETURN);
    }

    static void stringOrder(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.TEXT + "Latin1",
                "compare",
                "(Lorg/luaj/vm2/LuaString;Lorg/luaj/vm2/LuaString;)I",
                false);
        code.visitInsn(IRETURN);
    }

    static void sizes(MethodVisitor code) {
        noteSize(code);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 1);
        code.visitVarInsn(ILOAD, 2);
        code.visitMethodInsn(INVOKESPECIAL, Names.TABLE, "presize" + Names.PUBLISHED, "(II)V", false);
        code.visitInsn(RETURN);
    }

    static void size(MethodVisitor code) {
        noteSize(code);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 1);
        code.visitMethodInsn(INVOKESPECIAL, Names.TABLE, "presize" + Names.PUBLISHED, "(I)V", false);
        code.visitInsn(RETURN);
    }

    static void border(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.TABLE, "array", "[Lorg/luaj/vm2/LuaValue;");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.TABLE, Names.SIZE_FIELD, "I");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, Names.TABLE, "hashEntries", "I");
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.PATCH + "TableBorder",
                "of",
                "(L" + Names.TABLE + ";[Lorg/luaj/vm2/LuaValue;II)I",
                false);
        code.visitInsn(IRETURN);
    }

    static void length(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.TABLE, "rawlen", "()I", false);
        code.visitMethodInsn(INVOKESTATIC, "org/luaj/vm2/LuaInteger", "valueOf", "(I)Lorg/luaj/vm2/LuaInteger;", false);
        code.visitInsn(ARETURN);
    }

    static void errorPosition(MethodVisitor code) {
        code.visitInsn(RETURN);
    }

    static void negation(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.PATCH + "Operators",
                "negated",
                "(L" + Names.VALUE + ";)L" + Names.VALUE + ";",
                false);
        code.visitInsn(ARETURN);
    }

    static void comparison(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitMethodInsn(
                INVOKESTATIC,
                Names.PATCH + "Operators",
                "compared",
                "(L" + Names.VALUE + ";L" + Names.VALUE + ";L" + Names.VALUE + ";)L" + Names.VALUE + ";",
                false);
        code.visitInsn(ARETURN);
    }

    static void calls(MethodVisitor code) {
        Label start = new Label();
        Label end = new Label();
        Label raised = new Label();
        code.visitTryCatchBlock(start, end, raised, null);
        code.visitMethodInsn(INVOKESTATIC, Names.FRAMES, "current", "()L" + Names.FRAMES + ";", false);
        code.visitInsn(DUP);
        code.visitVarInsn(ASTORE, 3);
        code.visitFieldInsn(GETFIELD, Names.FRAMES, "depth", "I");
        code.visitVarInsn(ISTORE, 4);
        code.visitLabel(start);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitVarInsn(ALOAD, 3);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitMethodInsn(INVOKEVIRTUAL, Names.FRAMES, "enter", Names.ENTER, false);
        code.visitMethodInsn(INVOKESPECIAL, Names.CLOSURE, "execute" + Names.PUBLISHED, Names.LOOP, false);
        code.visitLabel(end);
        leave(code);
        code.visitInsn(ARETURN);
        code.visitLabel(raised);
        code.visitVarInsn(ASTORE, 5);
        code.visitVarInsn(ALOAD, 3);
        code.visitVarInsn(ALOAD, 5);
        code.visitMethodInsn(
                INVOKEVIRTUAL, Names.FRAMES, "raised", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;", false);
        leave(code);
        code.visitInsn(ATHROW);
    }

    /** A mere store: a call here could run out of stack once more. */
    private static void leave(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 3);
        code.visitVarInsn(ILOAD, 4);
        code.visitFieldInsn(PUTFIELD, Names.FRAMES, "depth", "I");
    }

    private static void noteSize(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 1);
        code.visitFieldInsn(PUTFIELD, Names.TABLE, Names.SIZE_FIELD, "I");
    }
}
