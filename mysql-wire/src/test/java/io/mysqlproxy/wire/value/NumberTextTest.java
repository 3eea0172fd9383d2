package io.mysqlproxy.wire.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class NumberTextTest {
    private static final int AS_NEEDED = 31;

    @Example
    void doublesHaveAsManyDigitsAsNeeded() {
        assertThat(of(0.1)).isEqualTo("0.1");
        assertThat(of(1)).isEqualTo("1");
        assertThat(of(0)).isEqualTo("0");
        assertThat(of(-0.0)).isEqualTo("-0");
        assertThat(of(-2.5)).isEqualTo("-2.5");
        assertThat(of(1.0 / 3)).isEqualTo("0.3333333333333333");
        assertThat(of(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(of(2e-3)).isEqualTo("0.002");
        assertThat(of(2e23)).isEqualTo("2e23");
    }

    @Example
    void theExponentAppearsBeyondFifteenDigits() {
        assertThat(of(1e14)).isEqualTo("100000000000000");
        assertThat(of(1e15)).isEqualTo("1e15");
        assertThat(of(-1.5e300)).isEqualTo("-1.5e300");
        assertThat(of(1e-15)).isEqualTo("0.000000000000001");
        assertThat(of(1e-16)).isEqualTo("1e-16");
        assertThat(of(Double.MAX_VALUE)).isEqualTo("1.7976931348623157e308");
        assertThat(of(Double.MIN_VALUE)).isEqualTo("5e-324");
    }

    @Example
    void floatsHaveSixDigits() {
        assertThat(NumberText.of(3.1415927f, AS_NEEDED)).isEqualTo("3.14159");
        assertThat(NumberText.of(123456789f, AS_NEEDED)).isEqualTo("123457000");
        assertThat(NumberText.of(0.1f, AS_NEEDED)).isEqualTo("0.1");
        assertThat(NumberText.of(-1e20f, AS_NEEDED)).isEqualTo("-1e20");
    }

    @Example
    void fixedDecimalsAreRounded() {
        assertThat(NumberText.of(1.005, 2)).isEqualTo("1.00");
        assertThat(NumberText.of(2.5, 0)).isEqualTo("2");
        assertThat(NumberText.of(-1234.5678, 3)).isEqualTo("-1234.568");
        assertThat(NumberText.of(1e20, 1)).isEqualTo("100000000000000000000.0");
        assertThat(NumberText.of(1.25f, 1)).isEqualTo("1.2");
    }

    @Example
    void whatIsNoNumberIsNotACrash() {
        assertThat(of(Double.NaN)).isEqualTo("nan");
        assertThat(NumberText.of(Float.NEGATIVE_INFINITY, 2)).isEqualTo("-infinity");
    }

    @Property
    void doublesReadBack(@ForAll @DoubleRange(min = -1e308, max = 1e308) double value) {
        assertThat(Double.parseDouble(of(value))).isEqualTo(value);
    }

    @Property
    void anyBitsReadBack(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertThat(Double.parseDouble(of(value))).isEqualTo(value);
        }
    }

    private static String of(double value) {
        return NumberText.of(value, AS_NEEDED);
    }
}
