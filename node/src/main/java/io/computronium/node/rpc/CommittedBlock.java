package io.computronium.node.rpc;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;

/** A block and the proof that it is final. */
public record CommittedBlock(Hash blockId, Block block, CommitCertificate certificate) {}
