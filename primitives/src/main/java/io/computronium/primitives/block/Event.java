package io.computronium.primitives.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.List;

/**
 * One thing that a contract announces.
 *
 * @param keys at most 4 byte strings to look the event up by
 * @param data a value in SIP-005 encoding
 */
public record Event(Principal contract, String name, List<Bytes> keys, Bytes data) {

    public static final int MAX_KEYS = 4;

    public Event {
        keys = List.copyOf(keys);
        MalformedDataException.unless(keys.size() <= MAX_KEYS, "event.keys: at most 4");
    }
}
