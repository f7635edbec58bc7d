package io.computronium.genesis;

import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The development network: everything follows from names, so that a node and a wallet agree without
 * exchanging a file. <b>Its keys are public knowledge and worth nothing</b>; whatever they hold on
 * any other chain is anyone's.
 */
public final class Devnet {

    /** Accounts with coins, beside the operators. */
    public static final List<String> ACCOUNTS = List.of("alice", "bob", "carol", "dave", "faucet");

    private static final Pattern OPERATOR = Pattern.compile("operator-[1-9][0-9]{0,3}");
    private static final String SEED_PREFIX = "computronium devnet key";
    private static final long ACCOUNT_GRAINS = 10_000_000 * Coin.GRAINS_PER_CPTM;

    private Devnet() {}

    /** The key of a name: its seed is {@code SHA-256("computronium devnet key" ‖ name)}. */
    public static KeyPair key(String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SEED_PREFIX.getBytes(StandardCharsets.US_ASCII));
            return KeyPair.fromSeed(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The account of the key of a name. */
    public static Principal account(String name) {
        int version = NetworkPreset.DEVNET.network().addresses().key();
        return Principal.of(Hash160.address(version, key(name).publicKey()));
    }

    /** The name of the validator at {@code index}, from 0; also that of its consensus key. */
    public static String validator(int index) {
        return "validator-" + (index + 1);
    }

    /** The name of the account that runs the validator at {@code index} and earns for it. */
    public static String operator(int index) {
        return "operator-" + (index + 1);
    }

    /** Whether {@code name} is one of {@link #ACCOUNTS} or may be an operator's. */
    public static boolean isFunded(String name) {
        return ACCOUNTS.contains(name) || OPERATOR.matcher(name).matches();
    }

    /**
     * The genesis of a network of {@code validators} equal validators, where the {@link #ACCOUNTS}
     * and the operators have 10 million CPTM each, and the operators 100,000 at stake besides.
     *
     * @param timeMillis when it starts
     */
    public static GenesisDocument genesis(int validators, long timeMillis) {
        List<GenesisValidator> seats = new ArrayList<>();
        for (int i = 0; i < validators; i++) {
            seats.add(
                    new GenesisValidator(
                            validator(i),
                            key(validator(i)).publicKey(),
                            1,
                            account(operator(i)),
                            GenesisValidator.DEFAULT_BOND,
                            GenesisValidator.DEFAULT_COMMISSION_BP));
        }
        List<GenesisAccount> accounts =
                Stream.concat(
                                ACCOUNTS.stream(),
                                IntStream.range(0, validators).mapToObj(Devnet::operator))
                        .map(name -> new GenesisAccount(account(name), ACCOUNT_GRAINS))
                        .toList();
        NetworkPreset preset = NetworkPreset.DEVNET;
        return new GenesisDocument(
                preset.chainId(),
                preset.network(),
                preset.dev(),
                timeMillis,
                preset.parameters(),
                seats,
                accounts);
    }
}
