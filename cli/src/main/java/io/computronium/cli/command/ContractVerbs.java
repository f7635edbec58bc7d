package io.computronium.cli.command;

import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractRegistry;
import io.computronium.vm.contract.Method;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands {@code cptm <noun> <verb>} of contracts' methods. */
final class ContractVerbs {

    private ContractVerbs() {}

    /**
     * Adds them; a noun that the tree has already gets more verbs.
     *
     * @throws IllegalArgumentException if two declarations give the same noun and verb
     */
    static void addTo(CommandLine tree, ContractRegistry contracts) {
        for (Contract contract : contracts.all()) {
            contract.constructors().forEach(method -> add(tree, contract, method, false));
            contract.methods()
                    .forEach(method -> add(tree, contract, method, contract.isTemplate()));
        }
    }

    private static void add(
            CommandLine tree, Contract contract, Method<?> method, boolean ofInstance) {
        var command = method.command();
        if (command == null) {
            return;
        }
        CommandLine noun = tree.getSubcommands().get(command.noun());
        if (noun == null) {
            noun = new CommandLine(noun(contract, command));
            tree.addSubcommand(command.noun(), noun);
        }
        if (noun.getSubcommands().containsKey(command.verb())) {
            throw new IllegalArgumentException(
                    "declared twice: cptm " + command.noun() + " " + command.verb());
        }
        noun.addSubcommand(command.verb(), ContractVerb.of(contract, method, ofInstance));
    }

    private static CommandSpec noun(Contract contract, Method.Command first) {
        var spec = CommandSpec.create().name(first.noun());
        spec.usageMessage()
                .description(contract.meaning().replace("%", "%%") + ".")
                .footerHeading("%nExample:%n")
                .footer(
                        ("  cptm " + first.noun() + " " + first.verb() + " " + first.example())
                                .stripTrailing()
                                .replace("%", "%%"));
        return spec;
    }
}
