package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.TypeErrors;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * {@code table.sort}: a quicksort around the median of three, which compares the same pairs in the same order as Lua 5.1
 * does. Equal elements end up in the same places, and order functions are found invalid in the same cases.
 */
final class Sorting {
    private final LuaTable table;
    private final LuaValue order;

    /** @param order the function for less than, or null for the operator */
    Sorting(LuaTable table, LuaValue order) {
        this.table = table;
        this.order = order;
    }

    void run(int first, int last) {
        int low = first;
        int high = last;
        while (low < high) {
            swapIfLess(high, low);
            if (high - low == 1) {
                return;
            }
            int middle = (low + high) / 2;
            if (!swapIfLess(middle, low)) {
                swapIfLess(high, middle);
            }
            if (high - low == 2) {
                return;
            }
            int border = partition(low, high, middle);
            // the smaller half by recursion, so that the stack stays small
            if (border - low < high - border) {
                run(low, border - 1);
                low = border + 1;
            } else {
                run(border + 1, high);
                high = border - 1;
            }
        }
    }

    private int partition(int low, int high, int middle) {
        LuaValue pivot = table.rawget(middle);
        swap(middle, high - 1);
        int i = low;
        int j = high - 1;
        while (true) {
            while (less(table.rawget(++i), pivot)) {
                checkInside(i <= high);
            }
            while (less(pivot, table.rawget(--j))) {
                checkInside(j >= low);
            }
            if (j < i) {
                swap(high - 1, i);
                return i;
            }
            swap(i, j);
        }
    }

    private static void checkInside(boolean inside) {
        if (!inside) {
            throw Fault.of("invalid order function for sorting");
        }
    }

    private boolean swapIfLess(int index, int other) {
        boolean less = less(table.rawget(index), table.rawget(other));
        if (less) {
            swap(index, other);
        }
        return less;
    }

    private void swap(int i, int j) {
        LuaValue kept = table.rawget(i);
        table.rawset(i, table.rawget(j));
        table.rawset(j, kept);
    }

    private boolean less(LuaValue left, LuaValue right) {
        if (order != null) {
            return order.call(left, right).toboolean();
        }
        try {
            return left.lt_b(right);
        } catch (Fault e) {
            throw e;
        } catch (LuaError e) {
            throw new Fault(LuaValue.valueOf(TypeErrors.order(left, right)), 0);
        }
    }
}
