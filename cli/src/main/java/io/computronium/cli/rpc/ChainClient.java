package io.computronium.cli.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.Report.ChainTip;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The methods of a node that commands use. Blocking; safe for several threads. */
public final class ChainClient implements AutoCloseable {

    /** The longest that a node may be asked to wait in {@code tx_wait}. */
    public static final long MAX_WAIT_MILLIS = 10_000;

    private final RpcClient rpc;

    public ChainClient(RpcClient rpc) {
        this.rpc = rpc;
    }

    /**
     * Which chain it is, and where it is now.
     *
     * @param dev whether its genesis declares its coins worthless
     * @param baseFee grains for 1,000 gas
     * @param parameters the answer of {@code chain_parameters}
     * @param head the answer of {@code chain_head}
     */
    public record Chain(
            ChainIdentity identity,
            boolean dev,
            AddressVersions versions,
            long height,
            long baseFee,
            Fields parameters,
            Fields head) {

        public ChainTip tip() {
            return new ChainTip(identity.chainId(), height, dev);
        }

        /** As {@link #tip()}, when a later answer showed a higher block. */
        public ChainTip tipAt(long laterHeight) {
            return new ChainTip(identity.chainId(), Math.max(height, laterHeight), dev);
        }
    }

    /**
     * An account as of {@code height}.
     *
     * @param balance grains
     * @param nextSequence of lane 0
     */
    public record Account(long height, long balance, long nextSequence, Fields value) {}

    /** Where a transaction is. */
    public record Status(State state, long height) {
        /** The states of {@code tx_status}, in its words. */
        public enum State {
            UNKNOWN,
            PENDING,
            FINAL,
            FAILED,
            EXPIRED
        }
    }

    /** The chain's parameters and head. */
    public Chain chain() {
        var results = rpc.batch(List.of(call("chain_parameters"), call("chain_head")));
        return read(
                results.get(0),
                parameters -> read(results.get(1), head -> chain(parameters, head)));
    }

    private static Chain chain(Fields parameters, Fields head) {
        int version = parameters.number("addressVersion");
        return new Chain(
                new ChainIdentity(parameters.text("chainId"), parameters.hash("genesisHash")),
                parameters.flag("dev"),
                version == AddressVersions.MAINNET.key()
                        ? AddressVersions.MAINNET
                        : AddressVersions.TESTNET,
                head.amount("height"),
                head.amount("baseFee"),
                parameters,
                head);
    }

    /** What {@code principal} has in the latest state; an account never used has zeros. */
    public Account account(Principal principal) {
        var params = RpcClient.params().put("address", principal.toString());
        return read(
                rpc.call("account_get", params),
                answer -> {
                    var value = answer.at("value");
                    return new Account(
                            answer.amount("height"),
                            value.amount("balance"),
                            value.amount("nextSequence"),
                            value);
                });
    }

    /**
     * Hands a transaction to the pool; doing so again is no error.
     *
     * @throws RpcError with code {@link RpcError#REFUSED} if the pool does not take it
     */
    public void submit(Bytes transaction) {
        rpc.call("tx_submit", RpcClient.params().put("transaction", transaction.toHex()));
    }

    public Status status(Hash id) {
        return read(rpc.call("tx_status", params(id)), ChainClient::status);
    }

    /**
     * The status as soon as it will not change any more, or when the time is over.
     *
     * @param millis at most {@link #MAX_WAIT_MILLIS}
     */
    public Status await(Hash id, long millis) {
        var params = params(id).put("timeoutMillis", millis);
        return read(rpc.call("tx_wait", params), ChainClient::status);
    }

    /** What a transaction would do now; its signatures may be zeros. */
    public Fields simulate(Bytes transaction) {
        var params = RpcClient.params().put("transaction", transaction.toHex());
        return read(rpc.call("tx_simulate", params), fields -> fields);
    }

    public Fields transaction(Hash id) {
        return read(rpc.call("tx_get", params(id)), fields -> fields);
    }

    /** The built-in contracts. */
    public Fields contracts() {
        return read(rpc.call("contract_list", RpcClient.params()), fields -> fields);
    }

    /** What a contract is. */
    public Fields contract(Principal contract) {
        var params = RpcClient.params().put("contract", contract.toString());
        return read(rpc.call("contract_interface", params), fields -> fields);
    }

    /**
     * What a read-only function returns.
     *
     * @param at a height or "latest"
     * @throws RpcError with code {@link RpcError#CONTRACT} if the contract answers with an error
     */
    public Fields readContract(
            Principal contract, String function, List<Value> arguments, String at) {
        var params =
                RpcClient.params()
                        .put("contract", contract.toString())
                        .put("function", function)
                        .put("at", at);
        var array = params.putArray("arguments");
        arguments.forEach(value -> array.add("0x" + ValueCodec.encode(value).toHex()));
        return read(rpc.call("contract_read", params), fields -> fields);
    }

    /** A block with the ids of its transactions. */
    public Fields block(String height) {
        return read(
                rpc.call("chain_block", RpcClient.params().put("height", height)),
                fields -> fields);
    }

    /** The answers of methods without parameters, asked for at once. */
    public List<Fields> all(String... methods) {
        return rpc.batch(List.of(methods).stream().map(ChainClient::call).toList()).stream()
                .map(result -> read(result, fields -> fields))
                .toList();
    }

    /** Takes fields out of an answer, and turns what is wrong with them into a failure. */
    public <T> T read(JsonNode result, Function<Fields, T> reader) {
        try {
            return reader.apply(Fields.of(result));
        } catch (IllegalArgumentException | MalformedDataException e) {
            throw rpc.strange(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the node is on this machine. */
    public boolean isLocal() {
        return rpc.isLocal();
    }

    @Override
    public void close() {
        rpc.close();
    }

    private static Status status(Fields answer) {
        var word = answer.text("status");
        for (var state : Status.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
                return new Status(state, answer.node().has("height") ? answer.amount("height") : 0);
            }
        }
        throw new IllegalArgumentException("status: unknown: " + word);
    }

    private static RpcClient.Call call(String method) {
        return new RpcClient.Call(method, RpcClient.params());
    }

    private static ObjectNode params(Hash id) {
        return RpcClient.params().put("id", id.toHex());
    }
}
