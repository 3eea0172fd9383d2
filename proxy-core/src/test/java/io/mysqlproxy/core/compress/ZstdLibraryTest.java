package io.mysqlproxy.core.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.Compression.Method;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.wire.testing.LogCapture;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-37")
class ZstdLibraryTest {
    private static final Wrapping BOTH = new Wrapping(List.of(), false, true, false);

    private static void fails() {
        throw new UnsatisfiedLinkError("libzstd.so: failed to map segment\nand more");
    }

    @Test
    void whatLoadsIsUsed() {
        assertThat(ZstdLibrary.orZlib(BOTH)).isSameAs(BOTH);
    }

    @Test
    void zlibStepsInForWhatDoesNotLoad() {
        Wrapping zstdOnly = new Wrapping(List.of(), false, false, true, new Compression(List.of(Method.ZSTD), 3));
        for (Wrapping wanted : List.of(BOTH, zstdOnly)) {
            try (LogCapture log = new LogCapture()) {
                Wrapping usable = ZstdLibrary.orZlib(wanted, ZstdLibraryTest::fails);
                assertThat(usable.compression().methods()).containsExactly(Method.ZLIB);
                assertThat(usable.compressClients()).isEqualTo(wanted.compressClients());
                assertThat(usable.compressBackends()).isEqualTo(wanted.compressBackends());
                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .contains("zstd is not offered, zlib is", "java.io.tmpdir", "failed to map segment")
                        .doesNotContain("and more");
            }
        }
    }

    @Test
    void nothingIsLoadedThatNobodyAskedFor() {
        Wrapping zlibOnly = new Wrapping(List.of(), false, true, true, new Compression(List.of(Method.ZLIB), 3));
        assertThat(ZstdLibrary.orZlib(Wrapping.NONE, ZstdLibraryTest::fails)).isSameAs(Wrapping.NONE);
        assertThat(ZstdLibrary.orZlib(zlibOnly, ZstdLibraryTest::fails)).isSameAs(zlibOnly);
    }
}
