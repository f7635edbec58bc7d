package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What a block does to one key.
 *
 * @param valueHash of the new value; null if the key is removed
 */
public record LeafChange(Hash keyHash, @Nullable Hash valueHash) {}
