package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.storage.tree.TreeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One state of the chain: a flushed one, and the blocks since then. Never changed.
 *
 * @param flushedHeight the state on disk that the layers stand on
 * @param layers one for each height above, ascending, without gaps
 */
record View(long flushedHeight, TreeRoot flushedRoot, List<Layer> layers) {

    View {
        layers = List.copyOf(layers);
    }

    long height() {
        return flushedHeight + layers.size();
    }

    TreeRoot root() {
        return layers.isEmpty() ? flushedRoot : layers.getLast().tree().root();
    }

    View plus(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new View(flushedHeight, flushedRoot, more);
    }

    /** The same state after everything up to {@code height} went to disk. */
    View flushedTo(long height) {
        int flushed = Math.toIntExact(height - flushedHeight);
        var root = upTo(height).root();
        return new View(height, root, layers.subList(flushed, layers.size()));
    }

    /** The state after {@code height}, which is one of the layers' or the flushed one. */
    View upTo(long height) {
        int kept = Math.toIntExact(height - flushedHeight);
        return new View(flushedHeight, flushedRoot, layers.subList(0, kept));
    }

    /** The layer of {@code height}, or null if that is flushed or not applied. */
    @Nullable Layer layer(long height) {
        return height > flushedHeight && height <= height()
                ? layers.get((int) (height - flushedHeight - 1))
                : null;
    }

    /** What the layers say of {@code key}; null if they say nothing and the disk has to. */
    @SuppressWarnings("NullableOptional") // three answers: a value, no value, ask further
    @Nullable Optional<Bytes> unflushed(Bytes key) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            var value = layers.get(i).values().get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
