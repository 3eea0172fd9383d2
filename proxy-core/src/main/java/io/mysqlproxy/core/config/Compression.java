package io.mysqlproxy.core.config;

import io.mysqlproxy.wire.Capabilities;
import java.util.List;

/**
 * How legs are compressed, where they are.
 *
 * @param methods those that may be used, the ones to prefer with servers first
 * @param zstdLevel 1 (fast) to 22 (small); towards clients the most of what they may ask for
 */
public record Compression(List<Method> methods, int zstdLevel) {
    /** Every method; zlib is what all servers have. */
    public static final Compression DEFAULT = new Compression(List.of(Method.ZLIB, Method.ZSTD), 3);

    private static final int MAX_LEVEL = 22;

    /** A method. */
    public enum Method {
        ZLIB(Capabilities.COMPRESS),
        ZSTD(Capabilities.ZSTD_COMPRESSION_ALGORITHM);

        private final long flag;

        Method(long flag) {
            this.flag = flag;
        }

        /** Its capability flag. */
        public long flag() {
            return flag;
        }

        /** The flags of all methods. */
        public static long flags() {
            return ZLIB.flag | ZSTD.flag;
        }

        /** @throws ConfigException if there is none of that name */
        public static Method parse(String name) {
            return switch (name) {
                case "zlib" -> ZLIB;
                case "zstd" -> ZSTD;
                default -> throw new ConfigException("compression-algorithms has to be some of zlib, zstd; is " + name);
            };
        }
    }

    public Compression {
        methods = List.copyOf(methods);
        if (methods.isEmpty()) {
            throw new ConfigException("compression-algorithms has to be some of zlib, zstd; is empty");
        }
        if (zstdLevel < 1 || zstdLevel > MAX_LEVEL) {
            throw new ConfigException("zstd-compression-level has to be from 1 to 22, is " + zstdLevel);
        }
    }

    /** The flags of the methods that may be used. */
    public long flags() {
        return methods.stream().mapToLong(Method::flag).reduce(0, (a, b) -> a | b);
    }

    /** The flag of the first method that a server offers; 0 if it offers none. */
    public long preferred(Capabilities offered) {
        return methods.stream()
                .mapToLong(Method::flag)
                .filter(offered::has)
                .findFirst()
                .orElse(0);
    }

    /** The level for a client that asks for one. */
    public int level(int asked) {
        return Math.max(1, Math.min(asked, zstdLevel));
    }
}
