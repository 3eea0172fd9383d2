package io.mysqlproxy.script.lua.patch;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** {@code #t} as Lua 5.1 finds it. Called from a substituted method. */
public final class TableBorder {
    private static final int FIELDS_PER_FLUSH = 50;

    private TableBorder() {}

    /**
     * An index that holds something and is followed by one that does not, or 0.
     *
     * @param array the part of the table that is an array
     * @param constructed the size that part was asked to have when the table was made
     * @param others how many entries there are outside it
     */
    public static int of(LuaTable table, LuaValue[] array, int constructed, int others) {
        int arraySize = size(array, constructed);
        if (arraySize > 0 && table.rawget(arraySize).isnil()) {
            return between(table, 0, arraySize);
        }
        if (others == 0 && arraySize == array.length) {
            return arraySize;
        }
        int low = arraySize;
        int high = arraySize + 1;
        while (!table.rawget(high).isnil()) {
            low = high;
            if (high > Integer.MAX_VALUE / 2) {
                return first(table);
            }
            high *= 2;
        }
        return between(table, low, high);
    }

    /** Before {@code {..., f()}} is filled with values up to the top of the stack. */
    public static void presize(LuaValue[] stack, int instruction, int top) {
        int block = Lua.GETARG_C(instruction);
        if (Lua.GETARG_B(instruction) == 0 && block > 0) {
            int table = Lua.GETARG_A(instruction);
            stack[table].presize((block - 1) * FIELDS_PER_FLUSH + top - table - 1);
        }
    }

    /** Lua 5.1 keeps exactly the size asked for until the table grows. */
    private static int size(LuaValue[] array, int constructed) {
        if (constructed >= array.length || constructed <= array.length / 2) {
            return array.length;
        }
        for (int i = constructed; i < array.length; i++) {
            if (array[i] != null) {
                return array.length;
            }
        }
        return constructed;
    }

    private static int between(LuaTable table, int low, int high) {
        int something = low;
        int nothing = high;
        while (nothing - something > 1) {
            int middle = (something + nothing) >>> 1;
            if (table.rawget(middle).isnil()) {
                nothing = middle;
            } else {
                something = middle;
            }
        }
        return something;
    }

    private static int first(LuaTable table) {
        int i = 1;
        while (!table.rawget(i).isnil()) {
            i++;
        }
        return i - 1;
    }
}
