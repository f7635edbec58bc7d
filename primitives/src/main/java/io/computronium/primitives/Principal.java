package io.computronium.primitives;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whoever can hold coins or be called: an account, or a contract under one ({@code SD….name}).
 *
 * <p>Order is that of {@link #toBytes}.
 *
 * @param contract the contract's name, {@code [a-zA-Z]([a-zA-Z0-9]|[-_])*} of at most {@value
 *     #MAX_NAME_LENGTH} characters, or null for the account itself
 */
public record Principal(Address address, @Nullable String contract)
        implements Comparable<Principal> {

    public static final int MAX_NAME_LENGTH = 40;

    /** The most that {@link #toBytes} can have. */
    public static final int MAX_SIZE = Address.SIZE + MAX_NAME_LENGTH;

    /**
     * @throws MalformedDataException if the contract's name breaks the rule
     */
    public Principal {
        if (contract != null && !isContractName(contract)) {
            throw new MalformedDataException(
                    "a contract's name is a letter and up to 39 letters, digits, - and _");
        }
    }

    /** The account at {@code address}. */
    public static Principal of(Address address) {
        return new Principal(address, null);
    }

    /** The contract {@code name} under {@code address}. */
    public static Principal of(Address address, String name) {
        return new Principal(address, name);
    }

    /**
     * Reads {@code address} or {@code address.name}.
     *
     * @throws MalformedDataException on anything else
     */
    public static Principal parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? of(Address.parse(text))
                : of(Address.parse(text.substring(0, dot)), text.substring(dot + 1));
    }

    /**
     * The inverse of {@link #toBytes}.
     *
     * @throws MalformedDataException on anything that {@code toBytes} would not make
     */
    public static Principal fromBytes(byte[] bytes) {
        if (bytes.length <= Address.SIZE) {
            return of(Address.fromBytes(bytes));
        }
        var address = Address.fromBytes(Arrays.copyOf(bytes, Address.SIZE));
        int length = bytes.length - Address.SIZE;
        return of(address, new String(bytes, Address.SIZE, length, StandardCharsets.ISO_8859_1));
    }

    /** As {@link #fromBytes(byte[])}. */
    public static Principal fromBytes(Bytes bytes) {
        return fromBytes(bytes.toArray());
    }

    /** Whether {@code name} may name a contract. */
    public static boolean isContractName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    public boolean isContract() {
        return contract != null;
    }

    /** Version byte ‖ 20 bytes ‖ the contract's name in ASCII, which is empty for an account. */
    public Bytes toBytes() {
        if (contract == null) {
            return Bytes.owned(address.toArray());
        }
        var bytes = Arrays.copyOf(address.toArray(), Address.SIZE + contract.length());
        var name = contract.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, bytes, Address.SIZE, name.length);
        return Bytes.owned(bytes);
    }

    @Override
    public int compareTo(Principal other) {
        int byAddress = address.compareTo(other.address);
        if (byAddress != 0) {
            return byAddress;
        }
        return name().compareTo(other.name());
    }

    private String name() {
        return contract == null ? "" : contract;
    }

    @Override
    public String toString() {
        return contract == null ? address.toString() : address + "." + contract;
    }
}
