package io.computronium.node;

import io.computronium.primitives.Hash;
import io.computronium.storage.signer.SignerHistory;
import io.computronium.storage.signer.SignerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the validator of a data folder signed lately, or was about to sign.
 *
 * @param messages in the order in which they were signed
 * @param lost how many in between cannot be read
 * @param contradictions pairs that should not be: two messages of one height, round and step
 */
public record SignedMessages(
        List<Message> messages, long lost, List<Contradiction> contradictions) {

    /**
     * One message.
     *
     * @param step {@code proposal}, {@code prevote} or {@code precommit}
     * @param blockId null: a vote for nil
     * @param signBytesHash SHA-256 of what was signed; a signature follows from it and the key
     */
    public record Message(
            long height, int round, String step, @Nullable Hash blockId, Hash signBytesHash) {

        private static Message of(SignerHistory.Entry entry) {
            SignerState signed = entry.signed();
            return new Message(
                    signed.height(),
                    signed.round(),
                    signed.step().name().toLowerCase(Locale.ROOT),
                    signed.blockId(),
                    signed.signBytesHash());
        }
    }

    /** Two different messages where only one may be. */
    public record Contradiction(Message first, Message second) {}

    public SignedMessages {
        messages = List.copyOf(messages);
        contradictions = List.copyOf(contradictions);
    }

    /**
     * Reads them, whether or not a node runs in the folder.
     *
     * @param dataFolder as in {@link NodeConfig#dataFolder}
     * @return empty if there is no signer file: no validator has run here
     */
    public static Optional<SignedMessages> read(Path dataFolder) throws IOException {
        return SignerHistory.read(DataFolder.signer(dataFolder)).map(SignedMessages::of);
    }

    private static SignedMessages of(SignerHistory history) {
        return new SignedMessages(
                history.entries().stream().map(Message::of).toList(),
                history.lost(),
                history.contradictions().stream()
                        .map(found ->
                                new Contradiction(
                                        Message.of(found.first()), Message.of(found.second())))
                        .toList());
    }
}
