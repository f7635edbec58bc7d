package io.computronium.cli.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The result frame {@code cptm.result.v1}, and its counterpart for people.
 *
 * <p>With {@code --json} a command prints exactly one frame, on one line, on standard output. It
 * has {@code data} when {@code success} is true, {@code error} otherwise. 64-bit numbers are
 * decimal strings; {@code chain} is null for commands that asked none.
 */
public final class Frame {

    public static final String SCHEMA = "cptm.result.v1";

    /** Said wherever a chain shows up whose genesis says {@code dev}. */
    public static final String NO_VALUE = "devnet, no value";

    private final Shell shell;
    private final boolean json;
    private final String command;
    private final long startedMillis;

    /**
     * @param json whether a program reads the result
     * @param command the words that name the command, such as {@code tx send}
     */
    public Frame(Shell shell, boolean json, String command) {
        this.shell = shell;
        this.json = json;
        this.command = command;
        this.startedMillis = shell.clock().millis();
    }

    public void succeed(Report report) {
        shell.progress("");
        if (json) {
            var frame = start(true);
            frame.set("data", report.data());
            print(finish(frame, report));
            return;
        }
        shell.out().print(report.sheet().render(shell.terminal()));
        shell.out().flush();
        report.warnings().forEach(warning -> shell.err().println("warning: " + warning));
        shell.err().flush();
    }

    /** Prints the error and returns the exit code. */
    public int fail(Failure failure) {
        shell.progress("");
        if (json) {
            var frame = start(false);
            frame.putObject("error")
                    .put("code", failure.code().number())
                    .put("name", failure.code().symbol())
                    .put("message", failure.reason())
                    .set("details", failure.details());
            print(finish(frame, null));
        } else {
            shell.err().println("error: " + failure.reason());
            failure.faults().forEach(fault -> shell.err().println("  - " + fault));
            shell.err().println("  next: " + failure.next());
        }
        if (shell.variable("CPTM_TRACE").isPresent()) {
            failure.printStackTrace(shell.err());
        }
        shell.err().flush();
        return failure.code().exitCode();
    }

    private ObjectNode start(boolean success) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("success", success)
                .put("command", command);
    }

    private ObjectNode finish(ObjectNode frame, @Nullable Report report) {
        var meta = frame.putObject("meta");
        meta.put("durationMillis", shell.clock().millis() - startedMillis);
        var warnings = meta.putArray("warnings");
        var chain = report == null ? null : report.chain();
        if (chain == null) {
            frame.putNull("chain");
        } else {
            frame.putObject("chain")
                    .put("id", chain.id())
                    .put("height", Long.toString(chain.height()));
            if (chain.dev()) {
                warnings.add(NO_VALUE);
            }
        }
        if (report != null) {
            report.warnings().forEach(warnings::add);
        }
        return frame;
    }

    private void print(ObjectNode frame) {
        shell.out().println(frame);
        shell.out().flush();
    }
}
