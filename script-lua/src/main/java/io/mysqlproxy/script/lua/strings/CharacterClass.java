package io.mysqlproxy.script.lua.strings;

/** The classes {@code %a} to {@code %z} in the C locale: bytes from 0x80 on are in none of them. */
final class CharacterClass {
    private static final int ALPHA = 1;
    private static final int CONTROL = 2;
    private static final int DIGIT = 4;
    private static final int LOWER = 8;
    private static final int PUNCTUATION = 16;
    private static final int SPACE = 32;
    private static final int UPPER = 64;
    private static final int HEX = 128;
    private static final int NUL = 256;
    private static final int[] OF_BYTE = new int[256];
    private static final int[] OF_LETTER = new int[256];

    static {
        for (int c = 0; c < 0x80; c++) {
            boolean lower = c >= 'a' && c <= 'z';
            boolean upper = c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            boolean control = c < ' ' || c == 0x7f;
            OF_BYTE[c] = (lower || upper ? ALPHA : 0)
                    | (control ? CONTROL : 0)
                    | (digit ? DIGIT : 0)
                    | (lower ? LOWER : 0)
                    | (!control && c != ' ' && !lower && !upper && !digit ? PUNCTUATION : 0)
                    | (c == ' ' || c >= '\t' && c <= '\r' ? SPACE : 0)
                    | (upper ? UPPER : 0)
                    | (Character.digit(c, 16) >= 0 ? HEX : 0)
                    | (c == 0 ? NUL : 0);
        }
        String letters = "acdlpsuwxz";
        int[] classes = {
            ALPHA, CONTROL, DIGIT, LOWER, PUNCTUATION, SPACE, UPPER, ALPHA | DIGIT, HEX, NUL,
        };
        for (int i = 0; i < classes.length; i++) {
            OF_LETTER[letters.charAt(i)] = classes[i];
            OF_LETTER[Character.toUpperCase(letters.charAt(i))] = classes[i];
        }
    }

    private CharacterClass() {}

    /** Whether a byte is in the class of a letter; any other character after {@code %} stands for itself. */
    static boolean contains(int letter, int b) {
        int wanted = OF_LETTER[letter];
        if (wanted == 0) {
            return letter == b;
        }
        boolean inside = (OF_BYTE[b] & wanted) != 0;
        return inside != ((OF_BYTE[letter] & UPPER) != 0);
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
