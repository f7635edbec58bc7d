package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.vm.contract.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of the state that a block touches, other than accounts. Each is read and decoded
 * once; a changed one is encoded at the change, since gas counts its bytes.
 */
final class Records {

    private static final class Cell {
        private final @Nullable Bytes before;
        private @Nullable Bytes now;
        private @Nullable Object decoded;

        private Cell(@Nullable Bytes value) {
            before = value;
            now = value;
        }
    }

    private final StateReader state;
    private final Journal journal;
    private final Map<Bytes, Cell> cells = new LinkedHashMap<>();

    Records(StateReader state, Journal journal) {
        this.state = state;
        this.journal = journal;
    }

    <V> Optional<V> find(Bytes key, Shape<V> shape) {
        return find(key, shape::decode);
    }

    /**
     * The record under {@code key}.
     *
     * @param decode always the same for one key
     */
    @SuppressWarnings("unchecked")
    <V> Optional<V> find(Bytes key, Function<Bytes, V> decode) {
        Cell cell = cell(key);
        if (cell.now == null) {
            return Optional.empty();
        }
        if (cell.decoded == null) {
            cell.decoded = decode.apply(cell.now);
        }
        return Optional.of((V) cell.decoded);
    }

    /**
     * Changes the record under {@code key}.
     *
     * @return by how many bytes the state grows, key included; negative if it shrinks
     */
    <V> long put(Bytes key, Shape<V> shape, V value) {
        return put(key, shape.encode(value), value);
    }

    <V> long put(Bytes key, Bytes encoded, V value) {
        Cell cell = cell(key);
        long growth = (long) encoded.size() - (cell.now == null ? -key.size() : cell.now.size());
        set(cell, encoded, value);
        return growth;
    }

    void delete(Bytes key) {
        set(cell(key), null, null);
    }

    boolean exists(Bytes key) {
        return cell(key).now != null;
    }

    /** Adds the records that differ from the state before. */
    void writeTo(SortedMap<Bytes, Optional<Bytes>> writes) {
        cells.forEach((key, cell) -> {
            if (!Objects.equals(cell.now, cell.before)) {
                writes.put(key, Optional.ofNullable(cell.now));
            }
        });
    }

    private void set(Cell cell, @Nullable Bytes now, @Nullable Object decoded) {
        Bytes bytesBefore = cell.now;
        Object decodedBefore = cell.decoded;
        journal.add(() -> {
            cell.now = bytesBefore;
            cell.decoded = decodedBefore;
        });
        cell.now = now;
        cell.decoded = decoded;
    }

    private Cell cell(Bytes key) {
        Cell known = cells.get(key);
        if (known != null) {
            return known;
        }
        var cell = new Cell(state.get(key).orElse(null));
        cells.put(key, cell);
        return cell;
    }
}
