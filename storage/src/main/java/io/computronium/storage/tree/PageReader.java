package io.computronium.storage.tree;

/** Finds the pages that a tree consists of. */
@FunctionalInterface
public interface PageReader {

    /**
     * The page at {@code key}, which a page or root at hand names.
     *
     * @throws io.computronium.storage.StorageFailureException if it is not there
     */
    Page page(NodeKey key);
}
