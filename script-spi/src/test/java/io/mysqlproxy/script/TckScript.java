package io.mysqlproxy.script;

/**
 * The scripts that each engine's test supplies to {@link ScriptEngineTck}, in its own language.
 *
 * <p>"Answers n" means: the hook {@code read_query} returns that number. "Tells x = …" means: the hook assigns to {@code
 * proxy.response}, key or attribute {@code x}. What {@code proxy} consists of is declared in {@link TckProxy}.
 */
public enum TckScript {
    /** Is no program; what is wrong with it can be noticed in line 2. */
    SYNTAX_ERROR,
    /** The body raises an error with the text {@code body broke} in line 3. */
    BODY_ERROR,
    /** {@code read_query} raises an error with the text {@code hook broke} in line 3. */
    HOOK_ERROR,
    /** {@code read_query} calls itself, or a helper, without end. */
    RECURSION,
    /**
     * Defines {@code read_query} and {@code disconnect_client}, and names no other hook. For the packet {@code none}
     * returns nothing, for {@code zero} 0, for {@code send} {@code proxy.PROXY_SEND_QUERY}, for {@code result} {@code
     * proxy.PROXY_SEND_RESULT}.
     */
    DECISIONS,
    /**
     * Defines {@code read_query} without having that name, in one piece, in its text: {@code "read" + "_query"} as a key of
     * the script's own globals. Answers 7.
     */
    LATE_HOOK,
    /** A variable of the script starts at 0, grows by one at each {@code read_query}, which answers it. */
    COUNTER,
    /** The same with an attribute {@code seen} of {@code proxy} itself, which is missing at first. */
    ATTRIBUTE,
    /** The same with an entry {@code n} of the store ({@code proxy.global} or {@code proxy.globals}), missing at first. */
    STORE,
    /** The body sets {@code started} in the store to 3; {@code read_query} answers it. */
    STORE_IN_BODY,
    /**
     * {@code read_query} tells: type = 255; errmsg = the three bytes 0x61 0xFF 0x00; truth = true; lie = false; fraction =
     * 2.9; nothing = nil or None; resultset with fields = two records (name = {@code a}, type = 3) and (name = {@code b}),
     * and rows = two rows: ({@code x}, nil or None, 12) and ({@code y}); packets = {@code p1}, {@code p2}.
     */
    RESPONSE,
    /** Tells packet = the packet, and answers its length; also sets {@code proxy.connection.label} to it. */
    BYTES,
    /** Tells packet = {@code proxy.connection.label}. */
    LABEL,
    /** {@code read_auth_result} tells packet = the attribute {@code packet} of its argument. */
    RECORD_ARGUMENT,
    /**
     * Answers 1 if {@code proxy.connection} equals itself at a second look, {@code proxy.connection.item} too, and these
     * two do not equal each other; else 0.
     */
    EQUALITY,
    /** Tells whole, big, real, text, truth = what {@code proxy.connection} has under these names. */
    VALUES,
    /** Answers 1 if {@code proxy.connection.nothing} is nil or None; else 0. */
    NOTHING,
    /** Sets {@code proxy.connection.place} to the first index of the language (1 or 0). */
    SET_INDEX,
    /** Answers {@code proxy.connection.place}. */
    GET_INDEX,
    /** Sets {@code proxy.connection.weight} to 2^40 and {@code proxy.connection.closing} to true. */
    SET_VALUES,
    /** Answers 1 if assigning to {@code proxy.connection.whole}, which is read-only, raises; else 0. */
    READ_ONLY,
    /** Answers 1 if reading {@code proxy.connection.broken} raises an error that can be caught; tells message = its text. */
    CAUGHT,
    /** Reads {@code proxy.connection.broken} in line 2 and does not catch the error. */
    NOT_CAUGHT,
    /** Answers 1 if {@code proxy.connection.unavailable} does what the language says: nil in Lua, an error in Python. */
    UNAVAILABLE,
    /** Answers 1 if {@code proxy.connection.flags.up} is true and {@code .down} is not; else 0. */
    FLAGS,
    /** Goes by index through {@code proxy.items} and tells names = the {@code name} of each, joined; answers the count. */
    ITEMS,
    /** Answers 1 if an index past the end of {@code proxy.items} does what the language says: nil, or an error; else 0. */
    PAST_ITEMS,
    /** Tells name = the {@code name} of what {@code proxy.users} has under the packet as key. */
    KEYED,
    /**
     * Goes twice through {@code proxy.connection.rows}, each time by a fresh look, with the {@code for} of the language.
     * Tells cells = the first cells of all rows joined; answers how many rows had nil or None as their second cell.
     */
    EACH,
    /** Tells first, second = the parts of {@code proxy.connection.pair}, which is a list; answers its length. */
    LIST,
    /**
     * Calls {@code proxy.queries.append(1, "x")} (with a colon in Lua), then the same with the option {@code
     * resultset_is_needed} true in every form that the language has. Answers the size of {@code proxy.queries}.
     */
    OPTIONS,
    /** Answers 1 if {@code proxy.queries.append(1)}, without the packet, raises an error that can be caught; else 0. */
    MISSING_ARGUMENT,
    /** Answers 1 if {@code proxy.queries.append("x", "y")}, whose id is no number, raises; else 0. */
    WRONG_ARGUMENT,
    /** Calls {@code proxy.queries.note(r)} with a table or dict of name = {@code n} and size = 5. */
    RECORD,
    /** Calls {@code proxy.queries.note(r)} with a table or dict of the packet as name = {@code v} and {@code n} = 5. */
    CELLS,
    /** Calls {@code proxy.queries.note(r)} with a table or dict that has the number 7 among its names. */
    CELL_NAMES,
    /** Imports the module {@code mysql.tck} and answers what its function {@code twice} makes of 21. */
    MODULE,
    /**
     * Calls {@code describe(true)} of the module {@code mysql.tck}, which gives a table or dict. Tells name, size = the
     * entries of these names. Answers 1 if the entry {@code given} is true and {@code nothing} is nil or None; else 0.
     */
    MAP,
    /**
     * Calls {@code refuse("missing")} and {@code refuse("bad")} of the module {@code mysql.tck}. Answers 2 if both raise what
     * the language uses for an unknown name and for an unfit argument; else less.
     */
    REFUSALS
}
