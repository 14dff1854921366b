package org.realm4knime.headless.cli;

import java.util.concurrent.Callable;
import org.realm4knime.headless.report.ProductVersion;
import picocli.CommandLine.Command;

/** Prints the version. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        System.out.println(ProductVersion.line());
        return ExitCode.DONE;
    }
}
