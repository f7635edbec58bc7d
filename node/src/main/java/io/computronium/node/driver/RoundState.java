package io.computronium.node.driver;

import io.computronium.consensus.Step;

/** Where consensus stands, for status and metrics. */
public record RoundState(long height, int round, Step step) {}
