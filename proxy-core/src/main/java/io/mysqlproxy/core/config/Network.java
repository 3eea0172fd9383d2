package io.mysqlproxy.core.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that begin with the same bits.
 *
 * @param text what was written
 * @param address one of them
 * @param bits how many they have in common
 */
public record Network(String text, InetAddress address, int bits) {
    /**
     * Reads {@code address/bits}, or an address alone.
     *
     * @throws ConfigException if it is neither
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String numbers = slash < 0 ? text : text.substring(0, slash);
        // Only numbers: a name would be looked up.
        if (!numbers.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new ConfigException("a network has to be in the form 10.0.0.0/8, is '" + text + "'");
        }
        try {
            InetAddress address = InetAddress.getByName(numbers);
            int longest = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > longest) {
                throw new ConfigException("a network has to have from 0 to " + longest + " bits, is '" + text + "'");
            }
            return new Network(text, address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new ConfigException("a network has to be in the form 10.0.0.0/8, is '" + text + "'", e);
        }
    }

    /** Whether an address is one of them. */
    public boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] its = other.getAddress();
        if (own.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((own[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
