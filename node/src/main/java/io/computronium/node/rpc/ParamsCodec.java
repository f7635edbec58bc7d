package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parameters of a method.
 *
 * @param declared all that there are; others are refused by name
 * @param read makes one value of them
 */
record ParamsCodec<P>(List<Param<?>> declared, Function<Arguments, P> read) {

    /** No parameters. */
    record None() {}

    static final ParamsCodec<None> NONE = new ParamsCodec<>(List.of(), arguments -> new None());

    ParamsCodec {
        declared = List.copyOf(declared);
    }

    /** A single one. */
    static <T> ParamsCodec<T> of(Param<T> param) {
        return new ParamsCodec<>(List.of(param), arguments -> arguments.require(param));
    }

    /**
     * @throws RpcError that names what is wrong
     */
    P decode(ObjectNode params) {
        for (var name : (Iterable<String>) params::fieldNames) {
            if (declared.stream().noneMatch(param -> param.name().equals(name))) {
                throw RpcError.params(name + ": no such parameter");
            }
        }
        return read.apply(new Arguments(params));
    }

    /** As {@link #decode}, of the parts of a query, where everything is text. */
    P decodeQuery(Map<String, List<String>> query) {
        var params = Json.object();
        query.forEach((name, values) -> {
            if (values.size() != 1) {
                throw RpcError.params(name + ": more than once");
            }
            params.set(name, typed(name, values.getFirst()));
        });
        return decode(params);
    }

    private JsonNode typed(String name, String text) {
        var type =
                declared.stream()
                        .filter(param -> param.name().equals(name))
                        .findFirst()
                        .map(Param::type);
        if (type.equals(Optional.of(Param.Type.INTEGER)) && text.matches("-?[0-9]{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(text));
        }
        if (type.equals(Optional.of(Param.Type.BOOLEAN)) && text.matches("true|false")) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        if (type.equals(Optional.of(Param.Type.ARRAY)) && text.startsWith("[")) {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        }
        return Json.text(text);
    }

    /** What a caller gave. */
    record Arguments(ObjectNode params) {

        <T> T require(Param<T> param) {
            return find(param).orElseThrow(() -> RpcError.params(param.name() + ": required"));
        }

        /** Nothing if it is absent or null. */
        <T> Optional<T> find(Param<T> param) {
            var node = params.get(param.name());
            return node == null || node.isNull() ? Optional.empty() : Optional.of(param.of(node));
        }
    }
}
