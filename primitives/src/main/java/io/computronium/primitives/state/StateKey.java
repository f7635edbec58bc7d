package io.computronium.primitives.state;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the state: {@code length of contract u8 ‖ contract ‖ map u8 ‖ key}. A contract is the
 * bytes of its principal. Contracts of the system account are named by the 20 zero bytes of that
 * account under version 0 whatever the network, so that a key does not depend on it.
 */
public final class StateKey {

    private static final int ACCOUNTS = 0;
    private static final int SUPPLY = 0;
    private static final int FEES = 0;

    private static final Bytes ACCOUNT = system("account");
    private static final Bytes COIN = system("coin");
    private static final Bytes ECON = system("econ");

    private StateKey() {}

    /** The {@link AccountState} of a principal. */
    public static Bytes account(Principal principal) {
        return of(ACCOUNT, ACCOUNTS, principal.toBytes());
    }

    /** The {@link CoinSupply}. */
    public static Bytes coinSupply() {
        return of(COIN, SUPPLY, Bytes.EMPTY);
    }

    /** The {@link FeeState}. */
    public static Bytes fees() {
        return of(ECON, FEES, Bytes.EMPTY);
    }

    /**
     * A record of a contract.
     *
     * @param contract as {@link #contract} gives it
     * @param map 0 to 255
     */
    public static Bytes record(Bytes contract, int map, Bytes key) {
        return of(contract, map, key);
    }

    /** How the keys of a contract's records name it. */
    public static Bytes contract(Principal contract) {
        byte[] bytes = contract.toBytes().toArray();
        for (int i = 1; i < Address.SIZE; i++) {
            if (bytes[i] != 0) {
                return Bytes.owned(bytes);
            }
        }
        bytes[0] = 0;
        return Bytes.owned(bytes);
    }

    private static Bytes of(Bytes contract, int map, Bytes key) {
        byte[] out = new byte[1 + contract.size() + 1 + key.size()];
        out[0] = (byte) contract.size();
        contract.copyTo(out, 1);
        out[1 + contract.size()] = (byte) map;
        key.copyTo(out, 2 + contract.size());
        return Bytes.owned(out);
    }

    private static Bytes system(String name) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[1 + Address.HASH_SIZE + ascii.length];
        System.arraycopy(ascii, 0, out, 1 + Address.HASH_SIZE, ascii.length);
        return Bytes.owned(out);
    }
}
