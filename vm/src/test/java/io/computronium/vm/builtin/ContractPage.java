package io.computronium.vm.builtin;

import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.type.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The part of a contract's page in {@code docs/contracts} that its declaration says. */
final class ContractPage {

    private final StringBuilder text = new StringBuilder();
    private final Contract contract;

    private ContractPage(Contract contract) {
        this.contract = contract;
    }

    static String of(Contract contract) {
        var page = new ContractPage(contract);
        page.write();
        return page.text.toString();
    }

    /** The list of all contracts. */
    static String index(List<Contract> contracts) {
        var text = new StringBuilder("| contract | | what it is |\n|---|---|---|\n");
        for (Contract contract : contracts) {
            text.append(
                    "| [%1$s](%1$s.md) | %2$s | %3$s |\n"
                            .formatted(contract.name(), kind(contract), cell(contract.meaning())));
        }
        return text.toString();
    }

    private void write() {
        line("%s, module %d.".formatted(kindSentence(), contract.module()));
        if (!contract.constructors().isEmpty()) {
            line("## Making an instance");
            contract.constructors().forEach(this::method);
        }
        line("## Functions");
        contract.methods().forEach(this::method);
        if (!contract.variables().isEmpty() || !contract.maps().isEmpty()) {
            line("## State");
            rows("record", "key", "value", "meaning");
            contract.variables().forEach(this::variable);
            contract.maps().forEach(this::map);
            text.append('\n');
        }
        if (!contract.events().isEmpty()) {
            line("## Events");
            rows("event", "fields, keys in bold", "meaning");
            contract.events().forEach(this::event);
            text.append('\n');
        }
        line("## Errors");
        rows("code", "name", "meaning");
        contract.allFaults().forEach(this::fault);
        text.append('\n');
        if (!contract.invariants().isEmpty()) {
            line("## What always holds");
            rows("name", "meaning");
            contract.invariants().forEach(invariant -> row(invariant.name(), invariant.meaning()));
        }
        while (text.charAt(text.length() - 1) == '\n') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static String kind(Contract contract) {
        return contract.isTemplate() ? "template" : "singleton";
    }

    private String kindSentence() {
        return contract.isTemplate()
                ? "A template: instances are made at `<system account>.%s` and called at"
                                .formatted(contract.name())
                        + " `<creator>.<name>`"
                : "A singleton, called at `<system account>.%s`".formatted(contract.name());
    }

    private void method(Method<?> method) {
        line("### `%s`".formatted(method.name()));
        line(sentence(method.meaning()) + access(method.access()));
        if (!method.parameters().isEmpty()) {
            rows("parameter", "type", "unit", "meaning");
            method.parameters().forEach(this::parameter);
            text.append('\n');
        }
        line("Answers `%s`; gas %,d for itself.".formatted(answer(method), method.gas()));
        var command = method.command();
        if (command != null) {
            line(
                    "```\ncptm %s %s %s\n```"
                            .formatted(command.noun(), command.verb(), command.example())
                            .replace(" \n", "\n"));
        }
    }

    private static String access(Access access) {
        return switch (access) {
            case PUBLIC -> "";
            case READ_ONLY -> " Read-only.";
            case DIRECT -> " Direct: only for the account itself, without a contract between.";
        };
    }

    private static String answer(Method<?> method) {
        Type result = method.result().type();
        return method.access() == Access.READ_ONLY
                ? result.toString()
                : new Type.ResponseType(result, Type.Simple.UINT).toString();
    }

    private void parameter(Parameter<?> parameter) {
        row(
                "`" + parameter.name() + "`",
                "`" + parameter.shape().type() + "`",
                parameter.unit() == Unit.PLAIN ? "" : parameter.unit().text(),
                parameter.meaning());
    }

    private void variable(Variable<?> variable) {
        row(
                "`" + variable.name() + "`",
                "",
                "`" + variable.value().type() + "`",
                variable.meaning());
    }

    private void map(MapSlot<?, ?> map) {
        row(
                "`" + map.name() + "`",
                "`" + map.key().type() + "`",
                "`" + map.value().type() + "`",
                map.meaning());
    }

    private void event(EventType event) {
        var fields = new StringBuilder();
        for (var field : event.fields()) {
            fields.append(fields.isEmpty() ? "" : ", ")
                    .append(field.key() ? "**" + field.name() + "**" : field.name())
                    .append(" `")
                    .append(field.shape().type())
                    .append('`');
        }
        row("`" + event.name() + "`", fields.toString(), event.meaning());
    }

    private void fault(Fault fault) {
        row("u" + fault.code(contract.module()), "`" + fault.name() + "`", fault.meaning());
    }

    private static String sentence(String meaning) {
        return meaning.endsWith(".") ? meaning : meaning + ".";
    }

    private void line(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    private void rows(String... head) {
        row(head);
        text.append("|---".repeat(head.length)).append("|\n");
    }

    private void row(String... cells) {
        Arrays.stream(cells)
                .map(ContractPage::cell)
                .forEach(cell -> text.append("| ").append(cell).append(' '));
        text.append("|\n");
    }

    private static String cell(String content) {
        return Objects.requireNonNull(content).replace("|", "\\|");
    }
}
