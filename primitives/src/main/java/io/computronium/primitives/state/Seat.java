package io.computronium.primitives.state;

import io.computronium.primitives.Principal;

/**
 * Who stands behind a validator's consensus key.
 *
 * @param operator receives the proposer's part of fees
 */
public record Seat(Principal operator) {}
