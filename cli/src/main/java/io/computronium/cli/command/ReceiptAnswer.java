package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.Sheet;
import io.computronium.node.rpc.ValueJson;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractRegistry;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueText;
import java.util.Optional;
import java.util.stream.Stream;

/** What contracts answered in a receipt, in words. Transfers answer nothing worth a line. */
final class ReceiptAnswer {

    private final ContractRegistry contracts;
    private final Optional<Call.ContractCall> call;
    private final Fields receipt;

    /**
     * @throws IllegalArgumentException if a result in the receipt is no value
     */
    ReceiptAnswer(ContractRegistry contracts, TransactionBody body, Fields receipt) {
        this.contracts = contracts;
        this.receipt = receipt;
        int answered = receipt.node().path("results").size();
        this.call =
                answered > 0
                                && answered <= body.calls().size()
                                && body.calls().get(answered - 1) instanceof Call.ContractCall last
                        ? Optional.of(last)
                        : Optional.empty();
    }

    /** The last call's answer, for people and for programs. */
    void show(Sheet sheet, ObjectNode data) {
        answer().ifPresent(value -> {
            data.set("result", ValueJson.forms(value));
            sheet.row("result", ValueText.of(value));
        });
        fault().ifPresent(fault -> {
            data.putObject("contractError")
                    .put("code", Long.toString(code().orElseThrow()))
                    .put("name", fault.name())
                    .put("meaning", fault.meaning());
            sheet.row("that is", fault.name() + ": " + fault.meaning());
        });
    }

    /**
     * Why it failed, if a contract said so: {@code u1310 DISABLED: the resource is switched off}.
     */
    Optional<String> reason() {
        return code().map(code ->
                "u"
                        + code
                        + fault().map(fault -> " " + fault.name() + ": " + fault.meaning())
                                .orElse(""));
    }

    private Optional<Value> answer() {
        if (call.isEmpty()) {
            return Optional.empty();
        }
        var results = receipt.node().path("results");
        var hex = results.path(results.size() - 1).asText();
        try {
            return Optional.of(ValueCodec.decode(Bytes.ofHex(hex)));
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("results: " + e.getMessage(), e);
        }
    }

    private Optional<Long> code() {
        return answer().flatMap(value ->
                value instanceof Value.Err(Value.UInt(long high, long low)) && high == 0 && low >= 0
                        ? Optional.of(low)
                        : Optional.empty());
    }

    /** By the contract that was called, else by the code, which tells the module. */
    private Optional<Fault> fault() {
        return code().flatMap(code ->
                Stream.concat(called(), contracts.all().stream().filter(ReceiptAnswer::hasModule))
                        .flatMap(contract -> contract.fault(code).stream())
                        .findFirst());
    }

    private static boolean hasModule(Contract contract) {
        return contract.module() > 0;
    }

    private Stream<Contract> called() {
        return call.stream()
                .flatMap(last -> {
                    var name = last.contract().contract();
                    return name == null ? Stream.empty() : contracts.find(name).stream();
                });
    }
}
