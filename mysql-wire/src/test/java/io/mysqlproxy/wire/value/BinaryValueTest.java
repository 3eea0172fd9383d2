package io.mysqlproxy.wire.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryValueTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    @ParameterizedTest
    @CsvSource({
        "1,  ff,               false, -1",
        "1,  ff,               true,  255",
        "2,  feff,             false, -2",
        "2,  feff,             true,  65534",
        "13, d107,             true,  2001",
        "13, 0000,             true,  0000",
        "3,  ffffffff,         false, -1",
        "3,  ffffffff,         true,  4294967295",
        "9,  010000ff,         false, -16777215",
        "8,  ffffffffffffffff, false, -1",
        "8,  ffffffffffffffff, true,  18446744073709551615",
        "254, 03616263,        false, abc",
        "246, 04312e3530,      false, 1.50",
        "0,  0131,             false, 1",
        "16, 0141,             true,  A",
        "245, 027b7d,          false, {}",
        "242, 0161,            false, a",
        "200, 0161,            false, a"
    })
    void integersAndStrings(int type, String hex, boolean unsigned, String text) {
        assertThat(read(hex, type, unsigned, 0)).isEqualTo(ByteString.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 00,                       0, 0000-00-00",
        "10, 04da070a11,               0, 2010-10-17",
        "10, 07da070a11131b1e,         0, 2010-10-17",
        "12, 00,                       0, 0000-00-00 00:00:00",
        "12, 04da070a11,               0, 2010-10-17 00:00:00",
        "12, 07da070a11131b1e,         0, 2010-10-17 19:27:30",
        "12, 07da070a11131b1e,         3, 2010-10-17 19:27:30.000",
        "12, 0bda070a11131b1e40e20100, 6, 2010-10-17 19:27:30.123456",
        "7,  0bda070a11131b1e40e20100, 3, 2010-10-17 19:27:30.123",
        "7,  0bda070a11131b1e01000000, 31, 2010-10-17 19:27:30.000001",
        "12, 07da070a11131b1e,         31, 2010-10-17 19:27:30",
        "11, 00,                       0, 00:00:00",
        "11, 00,                       2, 00:00:00.00",
        "11, 080000000000131b1e,       0, 19:27:30",
        "11, 080122000000163b3b,       0, -838:59:59",
        "11, 0c017800000013010240e20100, 6, -2899:01:02.123456"
    })
    void datesAndTimes(int type, String hex, int decimals, String text) {
        assertThat(read(hex, type, false, decimals)).isEqualTo(ByteString.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"05da070a1113", "03da070a", "0bda070a11131b1e40420f00", "07da070a11131b", ""})
    void otherFormsOfADateAreRefused(String hex) {
        assertThatThrownBy(() -> read(hex, ColumnType.DATETIME, false, 6)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void nullHasNoBytes() {
        assertThat(read("", ColumnType.NULL, false, 0)).isNull();
    }

    @Test
    void floatingPointNumbers() {
        assertThat(read("0000c03f", ColumnType.FLOAT, false, 31)).isEqualTo(ByteString.of("1.5"));
        assertThat(read("000000000000f83f", ColumnType.DOUBLE, false, 31)).isEqualTo(ByteString.of("1.5"));
        assertThat(read("000000000000f83f", ColumnType.DOUBLE, false, 3)).isEqualTo(ByteString.of("1.500"));
        assertThatThrownBy(() -> read("000000", ColumnType.FLOAT, false, 31)).isInstanceOf(ProtocolException.class);
    }

    private ByteString read(String hex, int type, boolean unsigned, int decimals) {
        ByteBuf in = buffers.hex(hex);
        try {
            ByteString text = BinaryValue.read(in, type, unsigned, decimals);
            assertThat(in.isReadable()).isFalse();
            return text;
        } finally {
            in.release();
        }
    }
}
