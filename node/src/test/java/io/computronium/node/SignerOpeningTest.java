package io.computronium.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.driver.ValidatorSigner;
import io.computronium.node.execution.MemoryChain;
import io.computronium.primitives.Hash;
import io.computronium.storage.FolderInUseException;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.signer.SignPermission;
import io.computronium.storage.signer.SignerState;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.signer.SignerStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key signs only where its file tells for certain what it has signed. */
class SignerOpeningTest {

    private static final int SEAT = 1;

    @TempDir Path folder;

    private final MemoryChain chain = MemoryChain.of(4);

    private ValidatorSigner open(@Nullable Long signFromHeight) {
        return SignerOpening.open(
                folder,
                chain.key(SEAT),
                chain.spec().identity(),
                chain.blocks(),
                chain.head().validators(),
                signFromHeight);
    }

    private String requireRefused() {
        var refused = assertThrows(NodeStartException.class, () -> open(null));
        return String.valueOf(refused.getMessage());
    }

    private void sign(long height) {
        var opening = SignerStateFile.open(FileDisk.open(folder));
        try (var file = ((SignerStateFile.Opening.Ready) opening).file()) {
            var state = new SignerState(height, 0, SignerStep.PRECOMMIT, null, Hash.ZERO, -1, null);
            assertEquals(new SignPermission.Granted(), file.request(state));
        }
    }

    @Test
    void aNewKeyOnANewChainSignsAtOnce() {
        open(null).close();
        open(null).close();
        sign(1);
    }

    @Test
    void aKeyWithoutItsFileDoesNotSignOnAChainThatHasBegun() {
        chain.extended(3);
        assertTrue(requireRefused().contains("--sign-from-height"));
        assertTrue(requireRefused().contains("--sign-from-height"), "again: nothing was made");
        open(20L).close();
        open(null).close();
        assertThrows(AssertionError.class, () -> sign(19));
        sign(20);
    }

    @Test
    void anOldCopyOfTheFileIsRefused() {
        open(null).close();
        sign(2);
        chain.extended(3); // with our precommit in the commit of height 3
        assertTrue(requireRefused().contains("signature at height 3"), requireRefused());
        sign(3);
        open(null).close();
    }

    @Test
    void commitsWithoutUsDoNotMatter() {
        open(null).close();
        var built = chain.build(List.of());
        chain.processor().commit(chain.certificate(1, 0, built.id(), 0, 2, 3));
        open(null).close();
    }

    @Test
    void whatIsFurtherBackThanTenCommitsIsNotLookedAt() {
        open(null).close();
        chain.extended(1);
        for (int i = 0; i < 10; i++) {
            var built = chain.build(List.of());
            long height = built.block().header().height();
            chain.processor().commit(chain.certificate(height, 0, built.id(), 0, 2, 3));
        }
        open(null).close();
    }

    @Test
    void aDamagedFileIsNeverSignedWithAgain() throws IOException {
        open(null).close();
        sign(1);
        Path file = folder.resolve("signer.state");
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        bytes[4096 + 20] ^= 1;
        Files.write(file, bytes);
        assertTrue(requireRefused().contains("use another key"));
        assertTrue(requireRefused().contains("use another key"), "the folder is free again");
    }

    @Test
    void twoNodesDoNotShareAFolder() {
        try (ValidatorSigner first = open(null)) {
            assertThrows(FolderInUseException.class, () -> open(null));
            assertEquals(chain.key(SEAT).publicKey(), first.publicKey());
        }
    }
}
