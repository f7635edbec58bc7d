package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.KEYS;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.SIGNERS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.ValidatorState.Conduct;
import io.computronium.vm.builtin.ValidatorState.Offence;
import io.computronium.vm.builtin.ValidatorState.Status;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Frame;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a validator that signed two different messages for one step: a part of all stake
 * that was behind it then is burnt, and it is out for ever; so one such proof is enough and any
 * other of the same validator is refused.
 */
public final class Punishment {

    private Punishment() {}

    /**
     * Punishes whom {@code evidence} convicts.
     *
     * @return what is wrong with the evidence, and then nothing happened
     */
    public static Optional<String> punish(Frame block, Evidence evidence) {
        StakingParameters parameters = block.read(PARAMETERS);
        long height = evidence.height();
        if (height >= block.height()) {
            return Optional.of("of a height that is not final");
        }
        if (block.height() - height > parameters.evidenceBlocks()) {
            return Optional.of("too old");
        }
        Optional<List<PublicKey>> keys =
                block.find(SIGNERS, StakingState.epochs(block).epochOf(height));
        Optional<PublicKey> signer =
                keys.flatMap(all -> evidence.signer(block.chain(), all, Ed25519::verify));
        if (signer.isEmpty()) {
            return Optional.of("not signed by a validator of its height");
        }
        Principal operator = block.read(KEYS, signer.get());
        ValidatorState validator = block.read(VALIDATORS, operator);
        if (validator.status() == Status.TOMBSTONED) {
            return Optional.of("of a validator that is out already");
        }
        var offence = new Offence(height, block.height());
        block.put(
                VALIDATORS,
                operator,
                validator.with(
                        new Conduct(
                                Status.TOMBSTONED,
                                validator.conduct().jailedUntil(),
                                Optional.of(offence))));
        Staking.leaveRoster(block, operator);
        block.emit(Staking.TOMBSTONED_EVENT, operator, height);
        slash(block, operator, parameters.doubleSignSlashBp());
        return Optional.empty();
    }

    /** Burns a part of the stake behind a validator; shares and rewards are untouched. */
    static void slash(Frame block, Principal operator, long fractionBp) {
        ValidatorState validator = block.read(VALIDATORS, operator);
        long burned = Amounts.part(validator.stake().tokens(), fractionBp);
        if (burned > 0) {
            block.burn(Asset.COIN, block.self(), burned);
            block.put(VALIDATORS, operator, validator.with(validator.stake().slash(burned)));
        }
        block.emit(Staking.SLASHED, operator, fractionBp, burned);
    }
}
