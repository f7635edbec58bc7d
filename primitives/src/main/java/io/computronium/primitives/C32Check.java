package io.computronium.primitives;

import java.util.Arrays;

/**
 * The text of addresses (SIP-005, "c32check"): {@code S}, one character for the version, then the
 * 20 bytes and a checksum of 4, which is the head of a double SHA-256 over version ‖ bytes, as one
 * number in base 32. Crockford's alphabet leaves out I, L, O and U, which people misread.
 *
 * <p>The number is written without leading zeros but with one {@code 0} for each leading zero
 * <em>byte</em>. So several texts would name the same bytes, and a decoded text is encoded again
 * and compared.
 */
final class C32Check {

    static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final char PREFIX = 'S';
    private static final int CHECKSUM_SIZE = 4;
    private static final int PAYLOAD_SIZE = Address.HASH_SIZE + CHECKSUM_SIZE;

    /** Prefix, version and at least one character for each byte that is zero. */
    private static final int MIN_LENGTH = 2 + PAYLOAD_SIZE;

    /** Prefix, version and the 192 bits in groups of five. */
    static final int MAX_LENGTH = 2 + (8 * PAYLOAD_SIZE + 4) / 5;

    private C32Check() {}

    /** The text of version ‖ 20 bytes. */
    static String encode(byte[] address) {
        var payload = Arrays.copyOfRange(address, 1, 1 + PAYLOAD_SIZE);
        System.arraycopy(checksum(address), 0, payload, Address.HASH_SIZE, CHECKSUM_SIZE);
        return "" + PREFIX + ALPHABET.charAt(address[0]) + encodeNumber(payload);
    }

    /** The version ‖ 20 bytes that {@code text} names. */
    static byte[] decode(String text) {
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw new MalformedDataException(
                    "an address has %d to %d characters, not %d"
                            .formatted(MIN_LENGTH, MAX_LENGTH, text.length()));
        }
        if (text.charAt(0) != PREFIX) {
            throw new MalformedDataException("an address starts with S");
        }
        var address = new byte[Address.SIZE];
        address[0] = (byte) digit(text, 1);
        var payload = decodeNumber(text);
        System.arraycopy(payload, 0, address, 1, Address.HASH_SIZE);
        var found = Arrays.copyOfRange(payload, Address.HASH_SIZE, PAYLOAD_SIZE);
        if (!Arrays.equals(found, checksum(address))) {
            throw new MalformedDataException(
                    "the checksum of address " + text + " fails: a character is wrong or missing");
        }
        if (!encode(address).equals(text)) {
            throw new MalformedDataException("address " + text + " has too many or too few zeros");
        }
        return address;
    }

    private static String encodeNumber(byte[] payload) {
        var digits = new StringBuilder(MAX_LENGTH);
        int bits = 0;
        int pending = 0;
        for (int i = payload.length - 1; i >= 0; i--) {
            pending |= (payload[i] & 0xff) << bits;
            for (bits += 8; bits >= 5; bits -= 5) {
                digits.append(ALPHABET.charAt(pending & 31));
                pending >>>= 5;
            }
        }
        if (bits > 0) {
            digits.append(ALPHABET.charAt(pending));
        }
        int length = digits.length();
        while (length > 0 && digits.charAt(length - 1) == '0') {
            length--;
        }
        digits.setLength(length);
        for (int i = 0; i < payload.length && payload[i] == 0; i++) {
            digits.append('0');
        }
        return digits.reverse().toString();
    }

    private static byte[] decodeNumber(String text) {
        var payload = new byte[PAYLOAD_SIZE];
        int at = PAYLOAD_SIZE;
        int bits = 0;
        int pending = 0;
        // The number is read from its end, but it is the first bad character that is to be named.
        for (int i = 2; i < text.length(); i++) {
            digit(text, i);
        }
        for (int i = text.length() - 1; i >= 2; i--) {
            pending |= digit(text, i) << bits;
            bits += 5;
            if (bits >= 8) {
                payload[--at] = (byte) pending;
                pending >>>= 8;
                bits -= 8;
            }
        }
        if (at > 0) {
            payload[--at] = (byte) pending;
            pending = 0;
        }
        if (pending != 0) {
            throw new MalformedDataException("address " + text + " names more than 20 bytes");
        }
        return payload;
    }

    private static int digit(String text, int index) {
        int digit = ALPHABET.indexOf(text.charAt(index));
        if (digit < 0) {
            throw new MalformedDataException(
                    "character "
                            + (index + 1)
                            + " of the address cannot be in one: use digits and capital letters"
                            + " without I, L, O, U");
        }
        return digit;
    }

    /** The check of version ‖ 20 bytes. */
    private static byte[] checksum(byte[] address) {
        return Arrays.copyOf(PlainSha256.of(PlainSha256.of(address)), CHECKSUM_SIZE);
    }
}
