package io.computronium.storage;

import java.util.HashSet;
import java.util.List;

/**
 * All columns of one database.
 *
 * @param name of the database, for people
 */
public record Schema(String name, List<Column<?, ?>> columns) {

    public Schema {
        columns = List.copyOf(columns);
        var ids = new HashSet<Integer>();
        for (var column : columns) {
            if (!ids.add(column.id())) {
                throw new IllegalArgumentException(name + ": two columns with id " + column.id());
            }
        }
    }
}
