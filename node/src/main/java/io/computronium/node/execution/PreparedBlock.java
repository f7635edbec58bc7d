package io.computronium.node.execution;

import io.computronium.primitives.Hash;
import io.computronium.primitives.block.Block;
import io.computronium.storage.state.PreparedState;
import io.computronium.vm.BlockOutcome;

/** A block with the effects it will have, ready to be committed. */
public record PreparedBlock(Hash id, Block block, BlockOutcome outcome, PreparedState state) {}
