package io.computronium.cli.devnet;

import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.Setting;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, which ends itself when this one is gone, however it ended. */
record ChildProcess(Process process) implements Member {

    /** After this a child that should stop is killed: the supervisor itself has three seconds. */
    private static final long STOP_MILLIS = 2_500;

    /**
     * Starts {@code node start} for a home.
     *
     * @param self the command line that runs this program
     */
    static ChildProcess start(List<String> self, NodeHome home) {
        var command = new ArrayList<>(self);
        command.addAll(List.of("node", "start", "--home", home.folder().toString()));
        command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
        var builder = new ProcessBuilder(command);
        // They would apply to all children alike, and win over what each has in its file.
        for (var setting : Setting.values()) {
            builder.environment().remove(setting.variable());
        }
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new Failure(
                    ErrorCode.NODE_START, "cannot start a process: " + e, "check the limits", e);
        }
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
