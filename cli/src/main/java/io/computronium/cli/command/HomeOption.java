package io.computronium.cli.command;

import io.computronium.cli.home.NodeHome;
import io.computronium.cli.shell.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node, by its folder. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "The node's folder. Default: node under CPTM_HOME, that is ~/.cptm/node")
    private @Nullable Path folder;

    NodeHome home(Shell shell) {
        return new NodeHome(folder == null ? shell.home().resolve("node") : folder);
    }
}
