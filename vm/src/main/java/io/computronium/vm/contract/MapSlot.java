package io.computronium.vm.contract;

/**
 * A map in the state of each instance of a contract. Every map has a read-only method {@code
 * get-<name>}.
 *
 * @param id 1 to 63, unique in the contract and never reused
 * @param name of one record, in kebab case
 * @param key one value, or a tuple
 */
public record MapSlot<K, V>(int id, String name, Shape<K> key, Shape<V> value, String meaning) {

    /** The greatest id: what is above belongs to the kernel. */
    public static final int MAX_ID = 63;

    public MapSlot {
        requireId(id);
    }

    static int requireId(int id) {
        if (id < 1 || id > MAX_ID) {
            throw new IllegalArgumentException("1 to 63 expected, not " + id);
        }
        return id;
    }
}
