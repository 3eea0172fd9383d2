package io.mysqlproxy.script.lua.patch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.Constants;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Defines the corrected LuaJ classes, once in the life of the process. */
public final class Substitutions {
    /**
     * The classes to be corrected and the SHA-256 of the class files that the substitutions were written for. In this order:
     * the JVM verifies a class as it is defined, which loads some of the others as published.
     */
    private static final List<Map.Entry<String, String>> EXPECTED = List.of(
            Map.entry("org/luaj/vm2/LuaString", "4ee41d34ec915f4d371f7062c1172b3d22a2d7ced1690c87fd30245c62b97b80"),
            Map.entry("org/luaj/vm2/LuaDouble", "50e78657bcfef9148967b43772bae920912069377f948734dcec343edbe2b806"),
            Map.entry("org/luaj/vm2/LuaTable", "20958ee36a1ab0fad282017b02b54b1442d75795ae3ef5459f9ae27184200069"),
            Map.entry("org/luaj/vm2/LuaClosure", "d834446b1ed79c0176cd94c105b8bec0b0deb27ba4f8760e9edc23e2a7513acb"),
            Map.entry(
                    "org/luaj/vm2/compiler/FuncState",
                    "798ed1951583d64dae4a8aa39a3dd24421158414591df33f38d8bfc9d2d18a4b"),
            Map.entry(
                    "org/luaj/vm2/compiler/LexState",
                    "a1cdd716b216e62c57dbe63a61611e9bfce5aa0b9e28acabbef87536088e8e13"));

    /** In each package one class whose loading pulls in none of those to be corrected. */
    private static final Map<String, Class<?>> NEIGHBOURS =
            Map.of("org/luaj/vm2", Lua.class, "org/luaj/vm2/compiler", Constants.class);

    private static boolean applied;

    private Substitutions() {}

    /**
     * Makes sure that LuaJ is corrected.
     *
     * @throws IllegalStateException if LuaJ is another version, or was used before
     */
    public static synchronized void apply() {
        if (!applied) {
            EXPECTED.forEach(entry -> define(entry.getKey(), entry.getValue()));
            forgetGoto();
            applied = true;
        }
    }

    private static void define(String owner, String digest) {
        byte[] published = published(owner);
        if (!digest.equals(sha256(published))) {
            throw new IllegalStateException(owner + " is not that of luaj-jse 3.0.1");
        }
        Class<?> neighbour = NEIGHBOURS.get(owner.substring(0, owner.lastIndexOf('/')));
        try {
            MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(corrected(owner, published));
        } catch (IllegalAccessException | LinkageError e) {
            throw new IllegalStateException("LuaJ was used before it could be corrected: " + owner, e);
        }
    }

    /** {@code local goto = 1} is fine, as {@code goto} is a name like others; to LuaJ it is a keyword. */
    private static void forgetGoto() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Constants.class, MethodHandles.lookup());
            Class<?> lexer = lookup.findClass(Names.LEXER.replace('/', '.'));
            Map<?, ?> keywords = (Map<?, ?>)
                    lookup.findStaticGetter(lexer, "RESERVED", Hashtable.class).invoke();
            if (keywords.remove(LuaValue.valueOf("goto")) == null) {
                throw new IllegalStateException("LuaJ does not know the keyword goto");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("LuaJ has no such table of keywords", e);
        }
    }

    private static byte[] published(String owner) {
        try (InputStream in = Lua.class.getResourceAsStream("/" + owner + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] corrected(String owner, byte[] published) {
        List<Substitution> substitutions = Arrays.stream(Substitution.values())
                .filter(s -> s.owner.equals(owner))
                .toList();
        // no frames: LuaJ's class files are older than stack maps
        ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        Corrector corrector = new Corrector(out, substitutions);
        new ClassReader(published).accept(corrector, 0);
        return out.toByteArray();
    }

    private static final class Corrector extends ClassVisitor {
        private final List<Substitution> substitutions;
        private String owner;

        Corrector(ClassWriter out, List<Substitution> substitutions) {
            super(Opcodes.ASM9, out);
            this.substitutions = new ArrayList<>(substitutions);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            owner = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            for (Substitution substitution : substitutions) {
                if (substitution.method.equals(name) && substitution.descriptor.equals(descriptor)) {
                    substitutions.remove(substitution);
                    write(substitution, access, exceptions);
                    String kept = name + Names.PUBLISHED;
                    return substitution == Substitution.CALLS
                            ? new InterpreterLoop(
                                    super.visitMethod(Opcodes.ACC_PRIVATE, kept, Names.LOOP, null, exceptions))
                            : super.visitMethod(Opcodes.ACC_PRIVATE, kept, descriptor, signature, exceptions);
                }
            }
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }

        /** What is left overrides a method of the superclass, which cannot be corrected itself: it is loaded too early. */
        @Override
        public void visitEnd() {
            substitutions.forEach(inherited -> write(inherited, Opcodes.ACC_PUBLIC, null));
            if (owner.equals(Names.TABLE)) {
                super.visitField(0, Names.SIZE_FIELD, "I", null, null);
            }
            super.visitEnd();
        }

        private void write(Substitution substitution, int access, String[] exceptions) {
            MethodVisitor code =
                    super.visitMethod(access, substitution.method, substitution.descriptor, null, exceptions);
            code.visitCode();
            substitution.body.accept(code);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
    }
}
