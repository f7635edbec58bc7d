package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import java.util.Arrays;

/**
 * The hashes of one page as a heap: 1 is the page's own, the halves of n are 2n and 2n + 1, and 16
 * to 31 are the slots. The two halves of a node lie side by side, so they are hashed where they
 * are. To be used again and again by one thread.
 */
final class PageHashes {

    static final int ROOT = 1;
    static final int FIRST_SLOT = Page.SLOTS;

    /** What is kept of a page: everything above the slots. */
    static final int KEPT_BYTES = FIRST_SLOT * Hash.SIZE;

    private static final int ALL = (1 << Page.SLOTS) - 1;

    /** A page with fewer children is hashed from scratch as fast, so nothing is kept for it. */
    private static final int MIN_CHILDREN_TO_KEEP = 5;

    private static final byte[] NOTHING = {};

    private final byte[] heap = new byte[2 * Page.SLOTS * Hash.SIZE];

    /** Computes all hashes of {@code page}. */
    Hash ofPage(Page page) {
        return compute(page, ALL);
    }

    /** As {@link #ofPage}; what is worth keeping stays with the page. */
    Hash ofPageToKeep(Page page) {
        return keep(page, ofPage(page));
    }

    /**
     * As {@link #ofPageToKeep}; {@code page} is {@code old} but for the slots of {@code changed}.
     */
    Hash ofChangedToKeep(Page page, Page old, int changed) {
        var known = old.inner();
        if (known == null || known.length == 0) {
            return ofPageToKeep(page);
        }
        System.arraycopy(known, 0, heap, 0, known.length);
        return keep(page, compute(page, changed));
    }

    static boolean isWorthKeeping(Page page) {
        return Integer.bitCount(page.occupied()) >= MIN_CHILDREN_TO_KEEP;
    }

    private Hash keep(Page page, Hash hash) {
        page.keepInner(isWorthKeeping(page) ? Arrays.copyOf(heap, KEPT_BYTES) : NOTHING);
        return hash;
    }

    /** The hash of a node of the page that was hashed last. */
    Hash at(int node) {
        return Hash.of(Arrays.copyOfRange(heap, node * Hash.SIZE, (node + 1) * Hash.SIZE));
    }

    /** Which slots stand below a node. */
    static int slotsBelow(int node) {
        int level = 31 - Integer.numberOfLeadingZeros(node);
        int width = Page.SLOTS >> level;
        return ((1 << width) - 1) << (node * width - Page.SLOTS);
    }

    private Hash compute(Page page, int changed) {
        for (int node = FIRST_SLOT - 1; node >= ROOT; node--) {
            if ((slotsBelow(node) & changed) != 0) {
                computeNode(page, node);
            }
        }
        return at(ROOT);
    }

    private void computeNode(Page page, int node) {
        int left = 2 * node;
        if (left >= FIRST_SLOT) {
            loadSlot(page, left - FIRST_SLOT);
            loadSlot(page, left + 1 - FIRST_SLOT);
        }
        int below = page.occupied() & slotsBelow(node);
        int target = node * Hash.SIZE;
        if (Integer.bitCount(below) > 1 || isLink(page, below)) {
            StateHashing.innerInto(heap, left * Hash.SIZE, heap, target);
        } else {
            // Nothing or one leaf, which is its subtree: one half is that, the other is empty.
            int from = (below & slotsBelow(left)) != 0 ? left : left + 1;
            System.arraycopy(heap, from * Hash.SIZE, heap, target, Hash.SIZE);
        }
    }

    private static boolean isLink(Page page, int oneSlot) {
        return oneSlot != 0 && !page.isLeaf(Integer.numberOfTrailingZeros(oneSlot));
    }

    private void loadSlot(Page page, int slot) {
        int at = (FIRST_SLOT + slot) * Hash.SIZE;
        if ((page.occupied() & 1 << slot) == 0) {
            Arrays.fill(heap, at, at + Hash.SIZE, (byte) 0);
        } else {
            page.slotHashInto(slot, heap, at);
        }
    }
}
