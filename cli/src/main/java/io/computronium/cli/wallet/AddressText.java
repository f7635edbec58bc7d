package io.computronium.cli.wallet;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.AddressTypo;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.Locale;

/** Addresses as people type them, with a message that helps when they mistype one. */
final class AddressText {

    /** Longer than any principal; what is longer is not quoted in messages. */
    private static final int MAX_LENGTH = 96;

    private AddressText() {}

    /** Whether {@code text} is meant as an address rather than as the name of a key. */
    static boolean isMeant(String text) {
        int dot = text.indexOf('.');
        int length = dot < 0 ? text.length() : dot;
        return length >= 20 && (text.charAt(0) == 'S' || text.charAt(0) == 's');
    }

    /**
     * The account or contract that {@code text} names on a network.
     *
     * @throws Failure if it is mistyped or belongs to another network
     */
    static Principal parse(String text, AddressVersions network) {
        Principal principal;
        try {
            principal = Principal.parse(text);
        } catch (MalformedDataException e) {
            throw malformed(text, e);
        }
        if (!network.admit(principal.address())) {
            var example = network.systemAccount().toString().substring(0, 2);
            throw new Failure(
                    ErrorCode.ADDRESS_FOREIGN,
                    "the address " + text + " belongs to another network",
                    "ask the recipient for an address of this chain; those of keys start with "
                            + example);
        }
        return principal;
    }

    private static Failure malformed(String text, MalformedDataException cause) {
        var shown = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return new Failure(
                ErrorCode.ADDRESS_MALFORMED,
                "'" + shown + "' is not an address: " + cause.getMessage(),
                advice(shown),
                cause);
    }

    private static String advice(String text) {
        int dot = text.indexOf('.');
        var address = dot < 0 ? text : text.substring(0, dot);
        var capital = address.toUpperCase(Locale.ROOT);
        if (!capital.equals(address)) {
            return "write addresses in capital letters";
        }
        var typo = AddressTypo.find(address);
        return typo.isPresent()
                ? "look at character " + typo.getAsInt() + ": the mistake is probably there"
                : "compare it with the original, character by character";
    }
}
