package io.computronium.storage;

/** What a write survives once it has returned. */
public enum Durability {
    /** Loss of power. */
    SYNC,
    /** The end of the process, but not loss of power: the operating system holds the bytes. */
    BUFFERED
}
