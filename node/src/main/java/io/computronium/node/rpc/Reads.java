package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.rpc.RpcError.Kind;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** What reads of history have in common. */
final class Reads {

    /** A value and the height at which it is true. */
    record AtHeight<T>(long height, T value) {}

    /** The parameters of a read that takes nothing but the height. */
    static final ParamsCodec<OptionalLong> AT_ONLY =
            new ParamsCodec<>(List.of(Param.AT, Param.PROOF), Reads::at);

    private Reads() {}

    /** The height that was asked for, and a look at {@code proof}. */
    static OptionalLong at(ParamsCodec.Arguments arguments) {
        arguments.find(Param.PROOF);
        return arguments.find(Param.AT).orElse(OptionalLong.empty());
    }

    /** The state that parameter {@code at} names, the latest one if it names none. */
    static StateView state(ChainReads chain, OptionalLong at) {
        long height = at.orElseGet(() -> chain.head().height());
        return found(chain.state(height), "the state at height " + height);
    }

    /**
     * @throws RpcError if there is nothing
     */
    static <T> T found(Lookup<T> lookup, String what) {
        return switch (lookup) {
            case Lookup.Found<T>(T value) -> value;
            case Lookup.NotFound<T> _ -> throw RpcError.notFound(what);
            case Lookup.Pruned<T> _ -> throw new RpcError(Kind.PRUNED, what + ": pruned");
        };
    }

    static <T> ResultCodec<AtHeight<T>> atHeight(
            String description, Function<T, JsonNode> valueToJson) {
        return new ResultCodec<>(
                "{height, value: " + description + "}",
                read ->
                        Json.object()
                                .put("height", Json.u64(read.height()))
                                .set("value", valueToJson.apply(read.value())));
    }
}
