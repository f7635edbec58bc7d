package io.computronium.cli.wallet;

import io.computronium.cli.keystore.Keystore;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.Devnet;
import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names on one chain: those of the user's keys and, where {@code dev} is set, those of the funded
 * keys that come with a devnet and have no password.
 */
public final class Wallet {

    private final Keystore keystore;
    private final boolean dev;
    private final AddressVersions network;

    /**
     * @param dev whether the chain's genesis says so
     */
    public Wallet(Keystore keystore, boolean dev, AddressVersions network) {
        this.keystore = keystore;
        this.dev = dev;
        this.network = network;
    }

    /** Gets the password of the key with the given name. */
    @FunctionalInterface
    public interface Passwords {
        char[] of(String keyName);
    }

    /** A key that the user holds, locked or not. */
    public sealed interface Holder {
        String name();

        PublicKey publicKey();
    }

    private record Known(String name, KeyPair key) implements Holder {
        @Override
        public PublicKey publicKey() {
            return key.publicKey();
        }
    }

    private record Locked(String name, PublicKey publicKey) implements Holder {}

    /**
     * The account or contract that {@code text}, a name or an address, means.
     *
     * @throws Failure if it is unknown, mistyped or of another network
     */
    public Principal principal(String text) {
        var holder = find(text);
        if (holder.isPresent()) {
            return Principal.of(address(holder.get()));
        }
        if (AddressText.isMeant(text)) {
            return AddressText.parse(text, network);
        }
        throw unknown(text);
    }

    /**
     * The key that {@code text}, its name or address, means.
     *
     * @throws Failure if the user holds none such
     */
    public Holder holder(String text) {
        var named = find(text);
        if (named.isPresent()) {
            return named.get();
        }
        if (!AddressText.isMeant(text)) {
            throw unknown(text);
        }
        var principal = AddressText.parse(text, network);
        return keystore.list().stream()
                .map(entry -> (Holder) new Locked(entry.name(), entry.publicKey()))
                .filter(holder -> Principal.of(address(holder)).equals(principal))
                .findFirst()
                .orElseThrow(() ->
                        new Failure(
                                ErrorCode.KEY_UNKNOWN,
                                "you have no key of the account " + text,
                                "cptm key list shows the keys that you have"));
    }

    /** Whether a key of the user's, or of the devnet, goes by {@code text}. */
    public boolean isName(String text) {
        return find(text).isPresent();
    }

    /** The account that a key opens. */
    public Address address(Holder holder) {
        return Hash160.address(network.key(), holder.publicKey());
    }

    /** The secret. */
    public KeyPair unlock(Holder holder, Passwords passwords) {
        return switch (holder) {
            case Known known -> known.key;
            case Locked locked -> {
                var password = passwords.of(locked.name);
                try {
                    yield keystore.unlock(locked.name, password);
                } finally {
                    Arrays.fill(password, '\0');
                }
            }
        };
    }

    /** Whether devnets have a funded key of this name, so that no user's key may have it. */
    public static boolean isDevName(String name) {
        return Devnet.isFunded(name);
    }

    private Optional<Holder> find(String name) {
        if (dev && isDevName(name)) {
            return Optional.of(new Known(name, Devnet.key(name)));
        }
        return keystore.find(name).map(entry -> new Locked(name, entry.publicKey()));
    }

    private Failure unknown(String text) {
        if (isDevName(text)) {
            return new Failure(
                    ErrorCode.UNKNOWN_ACCOUNT,
                    text + " is an account of devnets, and this chain is none",
                    "name one of your own keys; cptm key list shows them");
        }
        var shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
        return new Failure(
                ErrorCode.UNKNOWN_ACCOUNT,
                "there is no key named '" + shown + "', nor is that an address",
                "cptm key list shows your keys; addresses start with S");
    }
}
