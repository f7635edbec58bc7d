package io.computronium.node.driver;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.GridPacing;
import io.computronium.node.execution.ChainTip;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.block.Header;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The grid that blocks are due on (D9), kept along the chain. The anchor follows from the headers
 * of the current epoch alone, so a restart finds the same one.
 */
final class Pacemaker {

    private final GridPacing pacing;
    private final Epochs epochs;
    private final LongFunction<Optional<Header>> headers;
    private GridPacing.Anchor anchor;
    private long anchoredHeight;

    /**
     * @param headers of committed heights
     * @param head the chain at start
     * @param nowMillis by the wall clock; paces block 1
     */
    Pacemaker(
            ConsensusParameters parameters,
            LongFunction<Optional<Header>> headers,
            ChainTip head,
            long nowMillis) {
        this.pacing = new GridPacing(parameters);
        this.epochs = parameters.epochs();
        this.headers = headers;
        this.anchor = GridPacing.Anchor.first(head.timeMillis(), nowMillis);
        if (head.height() > 0) {
            rebuild(head.height());
        }
    }

    /** When the block after {@code head} is due. */
    long targetMillis(ChainTip head) {
        if (head.height() == anchoredHeight + 1) {
            anchor = pacing.next(anchor, head.height(), head.timeMillis());
            anchoredHeight = head.height();
        } else if (head.height() > anchoredHeight) {
            rebuild(head.height());
        }
        return pacing.targetMillis(anchor, head.height() + 1);
    }

    /** Walks the epoch from its first block, which is an anchor whatever came before it. */
    private void rebuild(long height) {
        long first = epochs.firstHeight(epochs.epochOf(height));
        for (long h = first; h <= height; h++) {
            long timeMillis = headers.apply(h).orElseThrow().timeMillis();
            anchor =
                    h == first
                            ? new GridPacing.Anchor(h, timeMillis)
                            : pacing.next(anchor, h, timeMillis);
        }
        anchoredHeight = height;
    }
}
