package io.computronium.node.rpc;

import io.computronium.node.mempool.PendingTransactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All methods of a node, by name. */
public final class RpcMethods {

    private final Map<String, RpcMethod<?, ?>> byName = new TreeMap<>();

    private RpcMethods(Stream<RpcMethod<?, ?>> methods) {
        methods.forEach(method -> {
            if (byName.put(method.name(), method) != null) {
                throw new IllegalArgumentException("twice: " + method.name());
            }
        });
    }

    /** The one list of them. */
    public static RpcMethods of(
            ChainReads chain, PendingTransactions pool, TransactionIntake intake, NodeReads node) {
        return new RpcMethods(
                Stream.of(
                                new ChainMethods(chain).all(),
                                new AccountMethods(chain).all(),
                                new ContractMethods(chain).all(),
                                new TransactionMethods(chain, pool, intake, node).all(),
                                new ValidatorMethods(chain).all(),
                                new NodeMethods(chain, pool, node).all())
                        .flatMap(List::stream));
    }

    Optional<RpcMethod<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
