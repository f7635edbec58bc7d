package io.computronium.cli.home;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.GenesisFault;
import io.computronium.genesis.GenesisJson;
import io.computronium.genesis.InvalidGenesisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A genesis document on disk. */
public final class GenesisFile {

    private GenesisFile() {}

    /**
     * Reads a document.
     *
     * @throws Failure that lists every fault
     */
    public static GenesisDocument read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return GenesisJson.read(in.readNBytes(GenesisJson.MAX_BYTES + 1));
        } catch (InvalidGenesisException e) {
            throw faulty(file.toString(), e);
        } catch (IOException e) {
            throw new Failure(
                    ErrorCode.IO,
                    "cannot read the genesis document " + file + ": " + e,
                    "check the path",
                    e);
        }
    }

    /** All that is wrong with {@code what}. */
    public static Failure faulty(String what, InvalidGenesisException e) {
        var faults = e.faults().stream().map(GenesisFault::toString).toList();
        return new Failure(
                        ErrorCode.GENESIS,
                        what + " is no valid genesis",
                        "correct the fields named, or get the document from the network's"
                                + " operators",
                        e)
                .withFaults(faults);
    }
}
