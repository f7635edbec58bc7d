package io.computronium.vm.contract;

/**
 * A map in the state of each instance of a contract whose past can be asked for: a value is kept
 * for each block that changed it. Every one has the read-only methods {@code get-<name>} and {@code
 * get-<name>-at}.
 */
public final class HistorySlot<K, V> {

    private final int id;
    private final String name;
    private final Shape<K> key;
    private final Shape<V> value;
    private final RecordShape<Dated<V>> record;
    private final String meaning;

    private HistorySlot(int id, String name, Shape<K> key, Shape<V> value, String meaning) {
        this.id = MapSlot.requireId(id);
        this.name = name;
        this.key = key;
        this.value = value;
        this.record = Dated.shape(value);
        this.meaning = meaning;
    }

    /**
     * @param id 1 to 63, unique in the contract and never reused
     * @param name of one value, in kebab case
     * @param key one value, or a tuple
     */
    public static <K, V> HistorySlot<K, V> of(
            int id, String name, Shape<K> key, Shape<V> value, String meaning) {
        return new HistorySlot<>(id, name, key, value, meaning);
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Shape<K> key() {
        return key;
    }

    public Shape<V> value() {
        return value;
    }

    /** What is stored for one value. */
    public RecordShape<Dated<V>> record() {
        return record;
    }

    public String meaning() {
        return meaning;
    }
}
