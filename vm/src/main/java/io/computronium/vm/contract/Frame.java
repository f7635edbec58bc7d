package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.value.Value;
import java.util.Optional;

/**
 * One call of one method: what its body sees of the world, and all that it can do to it.
 *
 * <p>Changes are those of the call: if the body ends with a {@link ContractFailure}, or a sum
 * leaves 63 bits ({@link ArithmeticException}, answered as {@link Fault.Common#INVALID_PARAMS}),
 * the kernel takes them all back, with those of the calls inside. A body keeps no reference to its
 * frame.
 */
public interface Frame {

    // Where and who

    /**
     * The contract whose method runs: the singleton, the instance, or for a constructor the new
     * one.
     */
    Principal self();

    /** The account that the call acts for: {@code tx-sender}. */
    Principal sender();

    /** Who called: the sender, or the contract that did: {@code contract-caller}. */
    Principal caller();

    /** The singleton that goes by {@code name}. */
    Principal system(String name);

    /**
     * The name of the built-in singleton or template whose code {@code contract} runs, if it does.
     */
    Optional<String> builtIn(Principal contract);

    /** Of the block that runs. */
    long height();

    /** Of the block that runs, milliseconds since 1970. */
    long timeMillis();

    /** The transaction, or zeros when the block itself calls. */
    Hash transactionId();

    /** Place in the block, from 0. */
    int transactionIndex();

    /** The session by which the transaction acts for its sender; empty if the owner does. */
    Optional<Long> session();

    /** An argument of this call. */
    <T> T get(Parameter<T> parameter);

    // State of this contract

    <V> Optional<V> find(Variable<V> variable);

    <K, V> Optional<V> find(MapSlot<K, V> map, K key);

    <V> void put(Variable<V> variable, V value);

    <K, V> void put(MapSlot<K, V> map, K key, V value);

    <K, V> void delete(MapSlot<K, V> map, K key);

    /** The value as it is now. */
    <K, V> Optional<V> find(HistorySlot<K, V> history, K key);

    /**
     * The value at the end of block {@code height}, which is before the one that runs.
     *
     * @see #requirePast
     */
    <K, V> Optional<V> findAt(HistorySlot<K, V> history, K key, long height);

    <K, V> void put(HistorySlot<K, V> history, K key, V value);

    /** The record, which the contract's constructor put there. */
    default <V> V read(Variable<V> variable) {
        return find(variable).orElseThrow(() -> new IllegalStateException("no " + variable.name()));
    }

    /** The record, or the answer {@link Fault.Common#NOT_FOUND}. */
    default <K, V> V read(MapSlot<K, V> map, K key) {
        return find(map, key).orElseThrow(() -> failure(Fault.Common.NOT_FOUND));
    }

    // Assets

    long balance(Asset asset, Principal holder);

    /** All of an asset that there is. */
    long supply(Asset asset);

    /** How the supply of the coin came about. */
    CoinSupply coins();

    /**
     * Moves an asset; post-conditions and the caps of a session count it as sent by {@code from}.
     * Whose asset a contract may move is its own affair: its own, the sender's within what the
     * method says, and others' by what they signed or allowed.
     *
     * @param amount over 0, else the answer is {@link Fault.Common#INVALID_PARAMS}; more than there
     *     is gives {@link Fault.Common#INSUFFICIENT}
     */
    void move(Asset asset, Principal from, Principal to, long amount);

    /** From the sender to this contract. */
    default void collect(Asset asset, long amount) {
        move(asset, sender(), self(), amount);
    }

    /** From this contract. Nothing happens if {@code amount} is 0. */
    default void pay(Asset asset, Principal to, long amount) {
        if (amount != 0) {
            move(asset, self(), to, amount);
        }
    }

    /**
     * Makes new units of a token of this contract, or, for {@code econ}, of the coin.
     *
     * @param amount over 0
     */
    void mint(Asset asset, Principal to, long amount);

    /** Takes units out of the world for ever; those of {@code from} count as sent. */
    void burn(Asset asset, Principal from, long amount);

    /**
     * Begins the token {@code name} of this contract.
     *
     * @param checkpointed whether past balances can be asked for, at the cost of a record for each
     *     block in which a holder's balance changes
     */
    Asset.Token define(String name, boolean checkpointed);

    /**
     * The balance at the end of block {@code height}, which is before the one that runs.
     *
     * @param token checkpointed
     */
    long balanceAt(Asset.Token token, Principal holder, long height);

    /**
     * The sum over the blocks before {@code height} of the balance at the end of each: the
     * difference of two is the time-weighted balance between them.
     *
     * @param token checkpointed
     * @param height at most the one that runs
     */
    Uint128 cumulative(Asset.Token token, Principal holder, long height);

    /** As {@link #cumulative}, of the supply. */
    Uint128 cumulativeSupply(Asset.Token token, long height);

    /**
     * Goes on if the block at {@code height} is over, else answers {@link Fault.Common#TOO_EARLY}.
     */
    default void requirePast(long height) {
        require(height < height(), Fault.Common.TOO_EARLY);
    }

    // Other contracts

    /**
     * Calls a public or read-only method for the same sender. An error answer of a public method
     * becomes this method's answer.
     *
     * @return what a public method answered in {@code (ok …)}, or what a read-only one returned
     */
    Value call(Principal contract, String method, Value... arguments);

    /** As {@link #call}, with this contract as the sender: for what it does with its own money. */
    Value callAsSelf(Principal contract, String method, Value... arguments);

    /** As {@link #call}, but an error answer is handed back. */
    Value.Response tryCall(Principal contract, String method, Value... arguments);

    /**
     * Makes an instance of a template beside this one, under the sender's account, as if the sender
     * called the constructor: for methods that only the sender itself can call.
     *
     * @param arguments those of the constructor after the name
     */
    Principal create(String template, String constructor, String name, Value... arguments);

    // The rest

    /** Says that {@code account} has a record in the contract {@code account}, which alone may. */
    void manage(Principal account);

    /**
     * Announces a change.
     *
     * @param fields one for each field of {@code type}, in their order, of their Java types
     */
    void emit(EventType type, Object... fields);

    /** Whether an Ed25519 signature of an account key verifies; charges gas for it. */
    boolean verifies(PublicKey key, Bytes message, Signature signature);

    /** What the chain decided in its genesis, which off-chain signatures name. */
    ChainIdentity chain();

    /** Charges for work that depends on the arguments; the call ends when nothing is left. */
    void charge(long gas);

    /** The answer to end with, as in {@code throw frame.failure(TOO_EARLY)}. */
    ContractFailure failure(Fault fault);

    /** Goes on if {@code condition} holds, else ends the method with the answer {@code fault}. */
    default void require(boolean condition, Fault fault) {
        if (!condition) {
            throw failure(fault);
        }
    }
}
