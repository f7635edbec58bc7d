package io.computronium.storage;

import java.nio.file.Path;

/** Another process, or another part of this one, has the folder open. */
public final class FolderInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FolderInUseException(Path folder) {
        super(folder + " is in use by another node");
    }
}
