package io.mysqlproxy.script;

/** What the client gets when a hook fails (J-07). */
public enum FailureMode {
    /** The failure is logged and the hook counts as having made no decision. */
    PROCEED,
    /** The client gets an ERR packet in place of the default action. */
    REFUSE
}
