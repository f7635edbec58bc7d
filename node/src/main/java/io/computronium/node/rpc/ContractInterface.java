package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.type.Type;
import java.util.List;
import java.util.Locale;

/**
 * What programs need to know of a contract, as JSON. {@code functions}, {@code variables} and
 * {@code maps} have the shape that tools for Clarity expect; what they do not know comes besides:
 * units, meanings, gas, commands, events, errors, invariants.
 */
public final class ContractInterface {

    private ContractInterface() {}

    /** What {@code contract} is to its callers. */
    public enum Kind {
        SINGLETON,
        /** Something that is only called to make instances. */
        TEMPLATE,
        INSTANCE;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The interface; of a template, {@code functions} are those that make instances. */
    public static ObjectNode of(Contract contract, Kind kind) {
        var json =
                Json.object()
                        .put("kind", kind.text())
                        .put("name", contract.name())
                        .put("module", contract.module())
                        .put("meaning", contract.meaning());
        json.set(
                "functions",
                functions(kind == Kind.TEMPLATE ? contract.constructors() : contract.methods()));
        if (kind == Kind.TEMPLATE) {
            json.set("instanceFunctions", functions(contract.methods()));
        }
        json.set("variables", Json.array(contract.variables(), ContractInterface::variable));
        json.set("maps", Json.array(contract.maps(), ContractInterface::map));
        json.putArray("fungible_tokens");
        json.putArray("non_fungible_tokens");
        json.set("events", Json.array(contract.events(), ContractInterface::event));
        json.set("errors", errors(contract));
        json.set(
                "invariants",
                Json.array(
                        contract.invariants(),
                        invariant ->
                                Json.object()
                                        .put("name", invariant.name())
                                        .put("meaning", invariant.meaning())));
        return json;
    }

    /**
     * A type as tools for Clarity write it: {@code "uint128"}, {@code {"buffer": {"length": 34}}}.
     */
    public static JsonNode type(Type type) {
        return switch (type) {
            case Type.Simple simple ->
                    Json.text(
                            switch (simple) {
                                case INT -> "int128";
                                case UINT -> "uint128";
                                case BOOL -> "bool";
                                case PRINCIPAL -> "principal";
                                case NOTHING -> "none";
                            });
            case Type.Buffer buffer -> sized("buffer", buffer.maxBytes());
            case Type.Ascii text -> sized("string-ascii", text.maxCharacters());
            case Type.Utf8 text -> sized("string-utf8", text.maxCharacters());
            case Type.ListType list -> {
                var inner = Json.object();
                inner.set("type", type(list.element()));
                yield Json.object().set("list", inner.put("length", list.maxElements()));
            }
            case Type.OptionalType optional ->
                    Json.object().set("optional", type(optional.value()));
            case Type.ResponseType response -> {
                var inner = Json.object();
                inner.set("ok", type(response.ok()));
                inner.set("error", type(response.err()));
                yield Json.object().set("response", inner);
            }
            case Type.TupleType tuple ->
                    Json.object()
                            .set(
                                    "tuple",
                                    Json.array(
                                            tuple.fields(),
                                            field -> named(field.name(), field.type())));
        };
    }

    private static JsonNode sized(String kind, int length) {
        return Json.object().set(kind, Json.object().put("length", length));
    }

    private static ObjectNode named(String name, Type type) {
        return Json.object().put("name", name).set("type", type(type));
    }

    private static ArrayNode functions(List<Method<?>> methods) {
        return Json.array(methods, ContractInterface::function);
    }

    private static JsonNode function(Method<?> method) {
        var json =
                Json.object()
                        .put("name", method.name())
                        .put("access", method.access() == Access.READ_ONLY ? "read_only" : "public")
                        .put("direct", method.access() == Access.DIRECT);
        json.set("args", Json.array(method.parameters(), ContractInterface::parameter));
        json.set("outputs", Json.object().set("type", type(answer(method))));
        json.put("meaning", method.meaning()).put("gas", Json.u64(method.gas()));
        var command = method.command();
        if (command != null) {
            json.putObject("command")
                    .put("noun", command.noun())
                    .put("verb", command.verb())
                    .put("example", command.example());
        }
        return json;
    }

    /** The type of what a caller gets. */
    public static Type answer(Method<?> method) {
        Type result = method.result().type();
        return method.access() == Access.READ_ONLY
                ? result
                : new Type.ResponseType(result, Type.Simple.UINT);
    }

    private static JsonNode parameter(Parameter<?> parameter) {
        var json = named(parameter.name(), parameter.shape().type());
        return unit(json, parameter.unit()).put("meaning", parameter.meaning());
    }

    private static ObjectNode unit(ObjectNode json, Unit unit) {
        return unit == Unit.PLAIN ? json : json.put("unit", unit.text());
    }

    private static JsonNode variable(Variable<?> variable) {
        return named(variable.name(), variable.value().type())
                .put("access", "variable")
                .put("meaning", variable.meaning());
    }

    private static JsonNode map(MapSlot<?, ?> map) {
        var json = Json.object().put("name", map.name());
        json.set("key", type(map.key().type()));
        json.set("value", type(map.value().type()));
        return json.put("meaning", map.meaning());
    }

    private static JsonNode event(EventType event) {
        var json = Json.object().put("name", event.name()).put("meaning", event.meaning());
        return json.set(
                "fields",
                Json.array(
                        event.fields(),
                        field ->
                                unit(named(field.name(), field.shape().type()), field.unit())
                                        .put("key", field.key())));
    }

    private static ArrayNode errors(Contract contract) {
        return Json.array(
                contract.allFaults(),
                fault ->
                        Json.object()
                                .put("code", Integer.toString(fault.code(contract.module())))
                                .put("name", fault.name())
                                .put("meaning", fault.meaning()));
    }
}
