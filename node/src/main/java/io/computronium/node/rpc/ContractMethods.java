package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.node.rpc.ContractInterface.Kind;
import io.computronium.node.rpc.Reads.AtHeight;
import io.computronium.node.rpc.RpcMethod.Access;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.vm.ReadOnlyCall;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Namespace {@code contract_}. */
final class ContractMethods {

    /** The most work that a read may be: 20 ms on the reference machine. */
    private static final long READ_GAS = 20_000_000;

    private static final Param<Principal> CONTRACT =
            Param.principal("contract", "a contract as address.name");
    private static final Param<String> FUNCTION =
            Param.text("function", "the name of a read-only function", text -> text);
    private static final Param<List<JsonNode>> ARGUMENTS =
            Param.list(
                    "arguments",
                    "the arguments in order, each 0x and SIP-005 bytes, or JSON as the"
                            + " contract's interface says");

    private final ChainReads chain;

    ContractMethods(ChainReads chain) {
        this.chain = chain;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(list(), describe(), read());
    }

    private RpcMethod<OptionalLong, AtHeight<List<ObjectNode>>> list() {
        return new RpcMethod<>(
                "contract_list",
                "The built-in contracts: singletons to call, templates to make instances of.",
                Access.READ,
                Reads.AT_ONLY,
                Reads.atHeight(
                        "[{contract, name, kind, meaning}]",
                        contracts -> Json.array(contracts, contract -> contract)),
                2,
                at -> {
                    StateView state = Reads.state(chain, at);
                    ReadOnlyCall reads = state.contracts(READ_GAS);
                    return new AtHeight<>(
                            state.height(),
                            reads.builtIns().stream()
                                    .map(contract -> entry(reads, contract))
                                    .toList());
                });
    }

    private static ObjectNode entry(ReadOnlyCall reads, Contract contract) {
        Kind kind = contract.isTemplate() ? Kind.TEMPLATE : Kind.SINGLETON;
        return Json.object()
                .put("contract", reads.builtIn(contract.name()).toString())
                .put("name", contract.name())
                .put("kind", kind.text())
                .put("meaning", contract.meaning());
    }

    private record Query(Principal contract, OptionalLong at) {}

    private RpcMethod<Query, AtHeight<ObjectNode>> describe() {
        return new RpcMethod<>(
                "contract_interface",
                "What a contract is: functions, state, events, errors, invariants.",
                Access.READ,
                new ParamsCodec<>(
                        List.of(CONTRACT, Param.AT, Param.PROOF),
                        arguments -> new Query(arguments.require(CONTRACT), Reads.at(arguments))),
                Reads.atHeight(
                        "{contract, kind, name, module, meaning, functions, variables, maps,"
                                + " fungible_tokens, events, errors, invariants}",
                        json -> json),
                5,
                query -> {
                    StateView state = Reads.state(chain, query.at);
                    ReadOnlyCall reads = state.contracts(READ_GAS);
                    Contract contract = find(reads, query.contract);
                    ObjectNode json = Json.object().put("contract", query.contract.toString());
                    json.setAll(
                            ContractInterface.of(contract, kind(reads, contract, query.contract)));
                    return new AtHeight<>(state.height(), json);
                });
    }

    private Contract find(ReadOnlyCall reads, Principal principal) {
        if (!principal.isContract() || !chain.facts().addresses().admit(principal.address())) {
            throw RpcError.params("contract: address.name on this network expected");
        }
        return reads.find(principal).orElseThrow(() -> RpcError.notFound("contract " + principal));
    }

    private static Kind kind(ReadOnlyCall reads, Contract contract, Principal principal) {
        if (!contract.isTemplate()) {
            return Kind.SINGLETON;
        }
        return reads.isTemplate(principal) ? Kind.TEMPLATE : Kind.INSTANCE;
    }

    private record Call(
            Principal contract, String function, List<JsonNode> arguments, OptionalLong at) {}

    private RpcMethod<Call, AtHeight<Value>> read() {
        return new RpcMethod<>(
                "contract_read",
                "What a read-only function of a contract returns, without a transaction.",
                Access.READ,
                new ParamsCodec<>(
                        List.of(CONTRACT, FUNCTION, ARGUMENTS, Param.AT, Param.PROOF),
                        arguments ->
                                new Call(
                                        arguments.require(CONTRACT),
                                        arguments.require(FUNCTION),
                                        arguments.find(ARGUMENTS).orElse(List.of()),
                                        Reads.at(arguments))),
                Reads.atHeight("{hex, repr, json}", ValueJson::forms),
                20,
                this::read);
    }

    private AtHeight<Value> read(Call call) {
        StateView state = Reads.state(chain, call.at);
        ReadOnlyCall reads = state.contracts(READ_GAS);
        Contract contract = find(reads, call.contract);
        Method<?> method = method(reads, contract, call);
        return switch (reads.call(call.contract, method.name(), arguments(method, call))) {
            case ReadOnlyCall.Answer.Value(Value value) -> {
                requireResult(contract, method, value);
                yield new AtHeight<>(state.height(), value);
            }
            case ReadOnlyCall.Answer.Stopped(var failure) ->
                    throw RpcError.contract(
                            failure.code(), failure.name().toLowerCase(Locale.ROOT), "");
            case ReadOnlyCall.Answer.NotReadOnly() ->
                    throw RpcError.params(
                            "function: "
                                    + method.name()
                                    + " changes the state; send a transaction");
        };
    }

    private static Method<?> method(ReadOnlyCall reads, Contract contract, Call call) {
        boolean template = kind(reads, contract, call.contract) == Kind.TEMPLATE;
        return (template ? contract.constructor(call.function) : contract.method(call.function))
                .orElseThrow(() ->
                        RpcError.params(
                                "function: "
                                        + call.contract
                                        + (template
                                                ? " is a template; read one of its instances"
                                                : " has only " + readOnlyNames(contract))));
    }

    private static String readOnlyNames(Contract contract) {
        return contract.methods().stream()
                .filter(method -> method.access() == io.computronium.vm.contract.Access.READ_ONLY)
                .map(Method::name)
                .collect(Collectors.joining(", "));
    }

    private static List<Value> arguments(Method<?> method, Call call) {
        List<Parameter<?>> parameters = method.parameters();
        if (parameters.size() != call.arguments.size()) {
            throw RpcError.params(
                    "arguments: "
                            + method.name()
                            + " takes "
                            + parameters.size()
                            + parameters.stream()
                                    .map(Parameter::name)
                                    .collect(Collectors.joining(", ", ": ", "")));
        }
        List<Value> values = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter<?> parameter = parameters.get(i);
            try {
                values.add(
                        ValueJson.argument(
                                parameter.name(), parameter.shape().type(), call.arguments.get(i)));
            } catch (MalformedDataException e) {
                throw RpcError.params("arguments." + e.getMessage());
            }
        }
        return values;
    }

    /** An error answer is an error of the request, unless the function answers with responses. */
    private static void requireResult(Contract contract, Method<?> method, Value value) {
        if (!method.result().type().admits(value)
                && value instanceof Value.Err(Value.UInt(long high, long code))
                && high == 0) {
            var fault = contract.fault(code);
            throw RpcError.contract(
                    code,
                    fault.map(found -> found.name()).orElse("unknown"),
                    fault.map(found -> found.meaning()).orElse(""));
        }
    }
}
