package io.mysqlproxy.script.lua.text;

import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Numbers in the text of a program. Called from a substituted method of the compiler. */
public final class Numerals {
    private Numerals() {}

    /** Whether a character belongs to the number of which some are read. */
    public static boolean goesOn(char[] read, int length, int next) {
        if (next >= '0' && next <= '9' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '_') {
            return true;
        }
        boolean exponent = length > 0 && (read[length - 1] | 0x20) == 'e';
        int digits = 0;
        while (digits < length && (read[digits] == '.' || read[digits] >= '0' && read[digits] <= '9')) {
            digits++;
        }
        return next == '.' ? digits == length : (next == '+' || next == '-') && exponent && digits == length - 1;
    }

    /** The number; null if it is none. */
    public static LuaNumber value(char[] read, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) read[i];
        }
        double value = Numbers.scan(LuaString.valueUsing(bytes));
        return Double.isNaN(value) ? null : LuaValue.valueOf(value);
    }
}
