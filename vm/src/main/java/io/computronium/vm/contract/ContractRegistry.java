package io.computronium.vm.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in contracts of a chain, by name. Names and modules differ. */
public final class ContractRegistry {

    private final Map<String, Contract> byName = new LinkedHashMap<>();

    private ContractRegistry(List<Contract> contracts) {
        Map<Integer, Contract> byModule = new LinkedHashMap<>();
        for (Contract contract : contracts) {
            if (byName.put(contract.name(), contract) != null
                    || byModule.put(contract.module(), contract) != null) {
                throw new IllegalArgumentException("registered twice: " + contract.name());
            }
        }
    }

    public static ContractRegistry of(List<Contract> contracts) {
        return new ContractRegistry(contracts);
    }

    public Optional<Contract> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of registration. */
    public List<Contract> all() {
        return List.copyOf(byName.values());
    }
}
