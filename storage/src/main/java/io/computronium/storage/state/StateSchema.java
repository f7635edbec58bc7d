package io.computronium.storage.state;

import io.computronium.storage.Schema;
import java.util.List;

/** The columns of the state. Ids are never used again. */
public final class StateSchema {

    public static final Schema SCHEMA = new Schema("state", List.of());

    private StateSchema() {}
}
