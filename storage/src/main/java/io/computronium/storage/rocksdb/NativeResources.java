package io.computronium.storage.rocksdb;

import io.computronium.storage.StorageFailureException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Everything that must be freed by hand, last made first. */
final class NativeResources implements AutoCloseable {

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                throw new StorageFailureException("cannot close a database", e);
            }
        }
    }
}
