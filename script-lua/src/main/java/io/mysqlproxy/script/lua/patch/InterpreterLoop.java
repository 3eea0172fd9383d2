package io.mysqlproxy.script.lua.patch;

import static io.mysqlproxy.script.lua.patch.Names.FRAME;
import static io.mysqlproxy.script.lua.patch.Names.FRAMES;
import static io.mysqlproxy.script.lua.patch.Names.VARARGS;

import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.Lua;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The published interpreter loop with a third parameter, the {@code Frame} of the run, and a few things more: it notes in
 * the frame which instruction it is at, counts down a budget where it may loop, leaves it to {@code Frames} what a call in
 * {@code return f()} is, and gives tables the size that 5.1 gives them.
 */
final class InterpreterLoop extends MethodVisitor {
    private static final String TAIL_CALL = "org/luaj/vm2/TailcallVarargs";
    /** The local variables of the published method after the two parameters; ours comes before them. */
    private static final int FIRST_LOCAL = 3;

    private static final int STACK = 1;
    private static final int PUBLISHED_INSTRUCTION = 3;
    private static final int PUBLISHED_PC = 7;
    private static final int PUBLISHED_TOP = 8;
    private static final String TABLE_BORDER = "io/mysqlproxy/script/lua/patch/TableBorder";

    private final Set<Label> loops = new HashSet<>();
    private Label list;
    private boolean dropDup;

    InterpreterLoop(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
        super.visitVarInsn(opcode, shifted(index));
    }

    @Override
    public void visitIincInsn(int index, int increment) {
        super.visitIincInsn(shifted(index), increment);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, String signature, Label start, Label end, int index) {
        super.visitLocalVariable(name, descriptor, signature, start, end, shifted(index));
    }

    private static int shifted(int index) {
        return index < FIRST_LOCAL ? index : index + 1;
    }

    /** Before the jump to the code of an instruction. */
    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        if (max == Lua.NUM_OPCODES - 1) {
            super.visitVarInsn(Opcodes.ALOAD, FIRST_LOCAL);
            super.visitVarInsn(Opcodes.ILOAD, shifted(PUBLISHED_PC));
            super.visitFieldInsn(Opcodes.PUTFIELD, FRAME, "pc", "I");
            list = labels[Lua.OP_SETLIST];
            loops.addAll(Set.of(labels[Lua.OP_JMP], labels[Lua.OP_FORLOOP], labels[Lua.OP_TFORCALL]));
        }
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        if (loops.contains(label)) {
            countDown();
        } else if (label == list) {
            presize();
        }
    }

    /** Before {@code {f()}} is filled, as Lua 5.1 does and LuaJ only for lists without a call at the end. */
    private void presize() {
        super.visitVarInsn(Opcodes.ALOAD, STACK);
        super.visitVarInsn(Opcodes.ILOAD, shifted(PUBLISHED_INSTRUCTION));
        super.visitVarInsn(Opcodes.ILOAD, shifted(PUBLISHED_TOP));
        super.visitMethodInsn(Opcodes.INVOKESTATIC, TABLE_BORDER, "presize", "([Lorg/luaj/vm2/LuaValue;II)V", false);
    }

    private void countDown() {
        Label enough = new Label();
        super.visitVarInsn(Opcodes.ALOAD, FIRST_LOCAL);
        super.visitFieldInsn(Opcodes.GETFIELD, FRAME, "frames", "L" + FRAMES + ";");
        super.visitInsn(Opcodes.DUP);
        super.visitFieldInsn(Opcodes.GETFIELD, FRAMES, "budget", "I");
        super.visitInsn(Opcodes.ICONST_1);
        super.visitInsn(Opcodes.ISUB);
        super.visitInsn(Opcodes.DUP_X1);
        super.visitFieldInsn(Opcodes.PUTFIELD, FRAMES, "budget", "I");
        super.visitJumpInsn(Opcodes.IFGT, enough);
        super.visitVarInsn(Opcodes.ALOAD, FIRST_LOCAL);
        super.visitFieldInsn(Opcodes.GETFIELD, FRAME, "frames", "L" + FRAMES + ";");
        super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FRAMES, "check", "()V", false);
        super.visitLabel(enough);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW && type.equals(TAIL_CALL)) {
            dropDup = true;
        } else {
            super.visitTypeInsn(opcode, type);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (dropDup && opcode == Opcodes.DUP) {
            dropDup = false;
        } else {
            super.visitInsn(opcode);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (opcode == Opcodes.INVOKESPECIAL && owner.equals(TAIL_CALL)) {
            String tailCall = "(Lorg/luaj/vm2/LuaValue;" + VARARGS + ")" + VARARGS;
            super.visitMethodInsn(Opcodes.INVOKESTATIC, FRAMES, "tailCall", tailCall, false);
        } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
