package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.command.Submission.Wish;
import io.computronium.cli.command.WriteOptions.Signers;
import io.computronium.cli.contract.Names;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.wallet.Order;
import io.computronium.node.rpc.ValueJson;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that calls a contract. */
final class CallOptions {

    /** The asset of an instance of the template {@code token}. */
    private static final String TOKEN = "token";

    @Option(
            names = "--max-send",
            paramLabel = "TOKEN=UNITS",
            description =
                    "How much of a token may leave the sender, in its smallest units. May be given"
                            + " several times. Such as alice.gold=500.")
    private Map<String, Long> maxSend = new LinkedHashMap<>();

    @Option(
            names = "--gas-limit",
            defaultValue = "1000000",
            paramLabel = "GAS",
            description = "The most work that is paid for. Default: ${DEFAULT-VALUE}.")
    private long gasLimit;

    @Mixin private WriteOptions options = new WriteOptions();

    WriteOptions options() {
        return options;
    }

    /**
     * A call, with what may leave the sender by it: the coins and tokens among the arguments, or
     * with {@code --max-spend} all of that.
     */
    Wish wish(
            Signers signers,
            Names names,
            Contract contract,
            Principal target,
            Method<?> method,
            List<Value> arguments) {
        var call =
                new Call.ContractCall(
                        target, method.name(), arguments.stream().map(ValueCodec::encode).toList());
        long coins = 0;
        long tokens = 0;
        var shown = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < arguments.size(); i++) {
            Parameter<?> parameter = method.parameters().get(i);
            shown.set(parameter.name(), ValueJson.of(arguments.get(i)));
            coins = plus(coins, parameter.unit() == Unit.COIN ? units(arguments.get(i)) : 0);
            tokens = plus(tokens, parameter.unit() == Unit.TOKEN ? units(arguments.get(i)) : 0);
        }
        var conditions = new ArrayList<PostCondition>();
        if (contract.name().equals(TOKEN) && contract.isTemplate() && tokens > 0) {
            conditions.add(atMost(signers.from(), target, tokens));
        }
        maxSend.forEach((token, units) ->
                conditions.add(atMost(signers.from(), names.instance(token), units)));
        var order =
                new Order(
                        signers.from(),
                        signers.feePayer(),
                        List.of(call),
                        coins,
                        conditions,
                        true,
                        Bytes.EMPTY,
                        options.maxSpend());
        var about =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("contract", target.toString())
                        .put("function", method.name());
        about.set("arguments", shown);
        return new Wish(order, gasLimit, sentence(target, method, arguments), about);
    }

    private static String sentence(Principal target, Method<?> method, List<Value> arguments) {
        var text = new StringBuilder(target + " " + method.name());
        arguments.forEach(value -> {
            var shown = ValueText.of(value);
            text.append(' ').append(shown.length() > 80 ? shown.substring(0, 80) + "…" : shown);
        });
        return text.toString();
    }

    private static PostCondition atMost(Principal from, Principal token, long units) {
        if (units < 0) {
            throw tooMuch();
        }
        return new PostCondition.Sent(
                from,
                new Asset.Token(token, TOKEN),
                PostCondition.Comparison.AT_MOST,
                Uint128.of(units));
    }

    /** Of a number or of an optional one. */
    private static long units(Value value) {
        return switch (value) {
            case Value.UInt number -> {
                if (number.high() != 0 || number.low() < 0) {
                    throw tooMuch();
                }
                yield number.low();
            }
            case Value.Some some -> units(some.value());
            default -> 0;
        };
    }

    private static long plus(long sum, long more) {
        if (sum > Long.MAX_VALUE - more) {
            throw tooMuch();
        }
        return sum + more;
    }

    private static Failure tooMuch() {
        return new Failure(
                ErrorCode.USAGE, "an amount is 0 to 2^63-1 units", "write a smaller one");
    }
}
