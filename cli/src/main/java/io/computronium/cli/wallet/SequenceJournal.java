package io.computronium.cli.wallet;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.Address;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The last sequence that this user's commands gave out for an account, in a file that is locked
 * while open: two commands at a time cannot take the same one.
 *
 * <p>It only knows more than the chain while that transaction waits. What the file says is a hint
 * that the node is asked about, so a lost or damaged file does no harm.
 */
final class SequenceJournal implements AutoCloseable {

    private static final int MAX_BYTES = 128;

    private final FileChannel channel;

    private SequenceJournal(FileChannel channel) {
        this.channel = channel;
    }

    /** A transaction that was handed to a node. */
    record Sent(long sequence, Hash id) {}

    /** Opens the journal of an account, waiting for another command to finish with it. */
    static SequenceJournal open(Path home, ChainIdentity chain, Address account) {
        var folder = home.resolve("sequences");
        var name = account + "-" + chain.genesisHash().toHex().substring(0, 16);
        try {
            Files.createDirectories(folder);
            var channel =
                    FileChannel.open(
                            folder.resolve(name),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            channel.lock();
            return new SequenceJournal(channel);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    Optional<Sent> last() {
        var bytes = ByteBuffer.allocate(MAX_BYTES);
        try {
            channel.read(bytes, 0);
        } catch (IOException e) {
            return Optional.empty();
        }
        var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        int space = text.indexOf(' ');
        try {
            return Optional.of(
                    new Sent(
                            Long.parseLong(text.substring(0, Math.max(space, 0))),
                            Hash.ofHex(text.substring(space + 1).strip())));
        } catch (NumberFormatException | MalformedDataException e) {
            return Optional.empty();
        }
    }

    void record(Sent sent) {
        var text = sent.sequence + " " + sent.id + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw failed(Path.of("sequences"), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(Path.of("sequences"), e);
        }
    }

    private static Failure failed(Path folder, IOException e) {
        return new Failure(
                ErrorCode.IO,
                "cannot write to " + folder + ": " + e,
                "check the folder that CPTM_HOME names, its owner and the disk",
                e);
    }
}
