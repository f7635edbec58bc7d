package io.computronium.storage.signer;

/** Whether something may be signed. */
public sealed interface SignPermission {

    /** Recorded durably: sign. */
    record Granted() implements SignPermission {}

    /** The very same bytes were permitted before: signing them again gives the same signature. */
    record AlreadySigned() implements SignPermission {}

    /** Signing could contradict what was signed before: never sign this. */
    record Refused(String reason) implements SignPermission {}
}
