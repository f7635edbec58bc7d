package io.computronium.cli.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Ends a command. The message says what is wrong, {@link #next} what to do about it; both are for
 * people, while programs look at the code and the details.
 */
public class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final String next;
    private final transient ObjectNode details = JsonNodeFactory.instance.objectNode();
    private final transient List<String> faults = new ArrayList<>();

    /**
     * @param message one sentence without a full stop
     * @param next what to do now, the same way
     */
    public Failure(ErrorCode code, String message, String next) {
        super(message);
        this.code = code;
        this.next = next;
    }

    /** As {@link #Failure(ErrorCode, String, String)}, for what a lower layer reported. */
    public Failure(ErrorCode code, String message, String next, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.next = next;
    }

    /** A defect of ours, which {@code cause} shows. */
    public static Failure internal(Throwable cause) {
        return new Failure(
                ErrorCode.INTERNAL,
                "internal error: " + cause,
                "report it together with the output of the same command with CPTM_TRACE=1",
                cause);
    }

    /** Adds a detail for programs. */
    public Failure with(String name, String value) {
        details.put(name, value);
        return this;
    }

    /** Adds everything that is wrong, where that may be several things. */
    public Failure withFaults(List<String> found) {
        faults.addAll(found);
        var array = details.withArray("faults");
        found.forEach(array::add);
        return this;
    }

    /** Adds all of {@code more} to the details. */
    public Failure with(ObjectNode more) {
        details.setAll(more);
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    public String next() {
        return next;
    }

    /** What was added by {@link #withFaults}. */
    public List<String> faults() {
        return Collections.unmodifiableList(faults);
    }

    /** A copy of the details, {@link #next} included. */
    public ObjectNode details() {
        return details.deepCopy().put("next", next);
    }

    /** Why the command failed, in one sentence. */
    public String reason() {
        var message = getMessage();
        return message == null ? code.symbol() : message;
    }
}
