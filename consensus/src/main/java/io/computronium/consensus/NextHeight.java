package io.computronium.consensus;

import java.util.Collection;
import java.util.TreeMap;

/**
 * Messages of the next height that come before we are there (D6): the first of each sender in its
 * first two rounds, so at most {@code 4 N + 2}. The rest is dropped.
 */
final class NextHeight {

    private static final int ROUNDS = 2;

    private final TreeMap<Integer, Input.InHeight> messages = new TreeMap<>();
    private final int validators;

    NextHeight(int validators) {
        this.validators = validators;
    }

    void add(Input.ProposalArrived input) {
        keep(input.proposal().round(), 0, 0, input);
    }

    void add(Input.VoteArrived input) {
        var vote = input.vote();
        if (vote.validatorIndex() < validators) {
            int kind =
                    switch (vote.kind()) {
                        case PREVOTE -> 1;
                        case PRECOMMIT -> 2;
                    };
            keep(vote.round(), kind, vote.validatorIndex(), input);
        }
    }

    private void keep(int round, int kind, int sender, Input.InHeight input) {
        if (round < ROUNDS) {
            messages.putIfAbsent((round * 3 + kind) * validators + sender, input);
        }
    }

    /** Proposals before votes, prevotes before precommits. */
    Collection<Input.InHeight> messages() {
        return messages.values();
    }
}
