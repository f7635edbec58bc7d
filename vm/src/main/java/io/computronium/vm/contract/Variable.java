package io.computronium.vm.contract;

/**
 * One record in the state of each instance of a contract; has a read-only method {@code
 * get-<name>}.
 *
 * @param id 1 to 63, unique among variables and maps of the contract and never reused
 */
public record Variable<V>(int id, String name, Shape<V> value, String meaning) {

    public Variable {
        MapSlot.requireId(id);
    }
}
