package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Balances and supplies of the tokens that contracts define. The records are under the contract, in
 * maps above those that it declares itself: keys are the token's name and the holder.
 */
final class TokenLedger {

    private static final int TOKENS = 128;
    private static final int BALANCES = 129;
    private static final int LATEST = 130;
    private static final int OLDER = 131;
    private static final int SUPPLY_LATEST = 132;
    private static final int SUPPLY_OLDER = 133;

    /**
     * A token.
     *
     * @param checkpointed whether the past of its balances is kept
     */
    record TokenState(long supply, boolean checkpointed) {
        static final RecordShape<TokenState> SHAPE =
                RecordShape.of(
                        in -> new TokenState(in.next(), in.next()),
                        RecordShape.field("supply", Shape.UINT, TokenState::supply),
                        RecordShape.field("checkpointed", Shape.BOOL, TokenState::checkpointed));
    }

    private final Records records;
    private final long height;
    private final Checkpoints holders;
    private final Checkpoints supplies;

    /**
     * @param height of the block that runs
     */
    TokenLedger(Records records, long height) {
        this.records = records;
        this.height = height;
        this.holders = new Checkpoints(records, LATEST, OLDER);
        this.supplies = new Checkpoints(records, SUPPLY_LATEST, SUPPLY_OLDER);
    }

    Optional<TokenState> find(Asset.Token token) {
        return records.find(tokenKey(token), TokenState.SHAPE);
    }

    /** Begins a token that is not there yet; answers by how many bytes the state grows. */
    long define(Asset.Token token, boolean checkpointed) {
        return records.put(tokenKey(token), TokenState.SHAPE, new TokenState(0, checkpointed));
    }

    long supply(Asset.Token token) {
        return find(token).map(TokenState::supply).orElse(0L);
    }

    long balance(Asset.Token token, Principal holder) {
        Optional<TokenState> state = find(token);
        if (state.isEmpty()) {
            return 0;
        }
        return balance(token, state.get(), holder);
    }

    /** Makes a balance larger; answers by how many bytes the state grows. */
    long credit(Asset.Token token, Principal holder, long amount) {
        TokenState state = state(token);
        return set(token, state, holder, Math.addExact(balance(token, state, holder), amount));
    }

    /** Makes a balance smaller, which must cover it. */
    long debit(Asset.Token token, Principal holder, long amount) {
        TokenState state = state(token);
        long balance = balance(token, state, holder);
        Invariants.check(amount <= balance, "nobody spends more than there is");
        return set(token, state, holder, balance - amount);
    }

    /** Changes the supply by {@code delta}, together with a balance. */
    long changeSupply(Asset.Token token, long delta) {
        TokenState state = state(token);
        var next = new TokenState(Math.addExact(state.supply, delta), state.checkpointed);
        long growth = records.put(tokenKey(token), TokenState.SHAPE, next);
        return state.checkpointed
                ? growth + supplies.set(contract(token), name(token), height, next.supply)
                : growth;
    }

    /** See {@code Frame.balanceAt}. */
    long balanceAt(Asset.Token token, Principal holder, long past) {
        requireCheckpointed(token);
        return holders.balanceAt(contract(token), holderKey(token, holder), past);
    }

    /** See {@code Frame.cumulative}. */
    Uint128 cumulative(Asset.Token token, Principal holder, long past) {
        requireCheckpointed(token);
        return holders.cumulative(contract(token), holderKey(token, holder), past);
    }

    /** See {@code Frame.cumulativeSupply}. */
    Uint128 cumulativeSupply(Asset.Token token, long past) {
        requireCheckpointed(token);
        return supplies.cumulative(contract(token), name(token), past);
    }

    /** The most records that a look into the past of a balance reads. */
    int reads(Asset.Token token, Principal holder) {
        return holders.reads(contract(token), holderKey(token, holder));
    }

    /** The most records that a look into the past of the supply reads. */
    int readsOfSupply(Asset.Token token) {
        return supplies.reads(contract(token), name(token));
    }

    /** What the keys of the records of all holders start with; the holder is the rest. */
    static List<Bytes> prefixesOfHolders(Asset.Token token) {
        Bytes none = holderKey(token, Bytes.EMPTY);
        return List.of(
                StateKey.record(contract(token), BALANCES, none),
                StateKey.record(contract(token), LATEST, none));
    }

    private long balance(Asset.Token token, TokenState state, Principal holder) {
        Bytes key = holderKey(token, holder);
        return state.checkpointed
                ? holders.balance(contract(token), key)
                : records.find(balanceKey(token, key), Shape.UINT).orElse(0L);
    }

    private long set(Asset.Token token, TokenState state, Principal holder, long balance) {
        Bytes key = holderKey(token, holder);
        if (state.checkpointed) {
            return holders.set(contract(token), key, height, balance);
        }
        Bytes balanceKey = balanceKey(token, key);
        if (balance == 0) {
            records.delete(balanceKey);
            return 0;
        }
        return records.put(balanceKey, Shape.UINT, balance);
    }

    private TokenState state(Asset.Token token) {
        return find(token).orElseThrow(() -> new IllegalStateException("no token " + token));
    }

    private void requireCheckpointed(Asset.Token token) {
        Invariants.check(state(token).checkpointed, "the past is asked of a checkpointed token");
    }

    private static Bytes tokenKey(Asset.Token token) {
        return StateKey.record(contract(token), TOKENS, name(token));
    }

    private static Bytes balanceKey(Asset.Token token, Bytes holderKey) {
        return StateKey.record(contract(token), BALANCES, holderKey);
    }

    private static Bytes contract(Asset.Token token) {
        return StateKey.contract(token.contract());
    }

    private static Bytes name(Asset.Token token) {
        return Bytes.owned(token.name().getBytes(StandardCharsets.US_ASCII));
    }

    /** Length of the name u8 ‖ name ‖ holder, so that no two tokens of a contract mix. */
    private static Bytes holderKey(Asset.Token token, Principal holder) {
        return holderKey(token, holder.toBytes());
    }

    private static Bytes holderKey(Asset.Token token, Bytes who) {
        byte[] name = token.name().getBytes(StandardCharsets.US_ASCII);
        byte[] key = new byte[1 + name.length + who.size()];
        key[0] = (byte) name.length;
        System.arraycopy(name, 0, key, 1, name.length);
        who.copyTo(key, 1 + name.length);
        return Bytes.owned(key);
    }
}
