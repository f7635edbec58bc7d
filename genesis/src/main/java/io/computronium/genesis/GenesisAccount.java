package io.computronium.genesis;

import io.computronium.primitives.Principal;

/**
 * Coins that exist from the start.
 *
 * @param balance grains, over 0
 */
public record GenesisAccount(Principal principal, long balance) {}
