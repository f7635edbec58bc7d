package io.computronium.storage.signer;

import io.computronium.storage.disk.Disk;
import java.util.Optional;

/**
 * The file that never lets a validator sign twice. For one thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SignerStateFile implements AutoCloseable {

    /** What was found on opening. */
    public sealed interface Opening {

        /** The file is good. */
        record Ready(SignerStateFile file) implements Opening {}

        /**
         * There is no file. A new validator makes one; for a key that has signed before, only an
         * operator can know from which height on it is safe to sign.
         */
        record Missing() implements Opening {}

        /** No slot can be read: what was signed is not known. Never sign with this key again here. */
        record Damaged(String reason) implements Opening {}
    }

    private SignerStateFile() {}

    /** Opens the file in the folder, which is taken over if it is {@link Opening.Ready}. */
    public static Opening open(Disk disk) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the file, durably: nothing below {@code firstHeight} will be signed.
     *
     * @throws IllegalStateException if there is one
     */
    public static SignerStateFile create(Disk disk, long firstHeight) {
        throw new UnsupportedOperationException();
    }

    /** What was permitted last; empty if nothing was. */
    public Optional<SignerState> last() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks to sign {@code next} and records it durably if that is granted. What has been refused
     * changes nothing.
     */
    public SignPermission request(SignerState next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
