package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandTest {
    @Test
    void knowsEveryCodeUpTo33() {
        assertThat(IntStream.rangeClosed(0, 33).mapToObj(Command::of))
                .doesNotContain(Command.UNKNOWN)
                .extracting(Command::code)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 33).boxed().toList());
        assertThat(Command.of(0xFA)).isEqualTo(Command.COM_STMT_BULK_EXECUTE);
    }

    @Test
    void othersAreUnknown() {
        assertThat(IntStream.of(-1, 34, 0xF9, 0xFF, 256).mapToObj(Command::of)).containsOnly(Command.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(value = Command.class, names = "COM_CHANGE_USER", mode = EnumSource.Mode.EXCLUDE)
    void makesAFreshReaderEachTime(Command command) {
        assertThat(command.reader(Capabilities.NONE)).isNotNull().isNotSameAs(command.reader(Capabilities.NONE));
        assertThat(command.reader(Capabilities.NONE).complete()).isEqualTo(command.family() == Command.Family.NONE);
    }

    @Test
    void anAuthenticationExchangeHasNoReader() {
        assertThat(Command.COM_CHANGE_USER.family()).isEqualTo(Command.Family.AUTH);
        assertThatThrownBy(() -> Command.COM_CHANGE_USER.reader(Capabilities.NONE))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
