package io.mysqlproxy.script;

/** What is wrong with {@code proxy.response} when a hook asks for it to be sent (lua-api.md 2.9, python-api.md 3.8). */
public enum AnswerFault {
    /** {@code proxy.response} is no container at all, or another fault without a text of its own. */
    UNUSABLE,
    /** {@code type} is missing. */
    NO_TYPE,
    /** {@code type} is none of the known numbers. */
    UNKNOWN_TYPE,
    /** An ERR response without a usable {@code errmsg}. */
    NO_ERRMSG,
    /** {@code resultset.fields} is missing, or one of them is unusable. */
    BAD_FIELDS,
    /** {@code resultset.fields} is empty. */
    NO_FIELDS,
    /** {@code resultset.rows} is missing, or one of them is unusable. */
    BAD_ROWS,
    /** A RAW response without usable {@code packets}. */
    BAD_PACKETS
}
