package org.realm4knime.headless.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.realm4knime.engine.IoReason;
import org.realm4knime.headless.report.ProductVersion;
import org.realm4knime.headless.workflow.WorkflowException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code realm run}, {@code save}, {@code new}, {@code nodes} and {@code serve}. */
@Command(
        name = "realm",
        description = "Runs KNIME workflows that train small reasoning models, where no KNIME is installed.",
        subcommands = {
            RunCommand.class,
            SaveCommand.class,
            NewCommand.class,
            NodesCommand.class,
            ServeCommand.class,
            VersionCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        versionProvider = RealmCommand.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a node failed; its message is printed, the results of the others are kept",
            "2:the command line is wrong, or the workflow cannot be loaded or cannot run as it is configured; nothing"
                    + " was computed",
            "130:interrupted by Ctrl-C, SIGTERM or SIGHUP; no finished training step is lost, --resume goes on"
        })
public final class RealmCommand {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print stack traces of errors.")
    private boolean verbose;

    /**
     * @param arguments of the command line
     * @return the exit code
     */
    public static int execute(String... arguments) {
        LogFile.silence();
        CommandLine line = new CommandLine(new RealmCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, RealmCommand::path);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            RealmCommand root = (RealmCommand) line.getCommand();
            return report(e, root.verbose, line);
        });
        line.setParameterExceptionHandler((e, args) -> {
            line.getErr().println("realm: " + e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
            line.getErr().println("Try \"" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help\".");
            return ExitCode.BAD_USAGE;
        });
        return arguments.length == 0 ? help(line) : line.execute(arguments);
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new CommandLine.TypeConversionException("a file or folder is expected, not an empty text");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    ("\"%s\" cannot be the name of a file here (%s). If it has letters beyond ASCII, choose a UTF-8"
                                    + " locale, for example: export LC_ALL=C.UTF-8")
                            .formatted(text, e.getReason()));
        }
    }

    private static int help(CommandLine line) {
        line.usage(line.getErr());
        return ExitCode.BAD_USAGE;
    }

    private static int report(Exception e, boolean verbose, CommandLine line) {
        if (e instanceof WorkflowException workflow) {
            workflow.problems().forEach(problem -> line.getErr().println("realm: " + problem));
        } else if (e instanceof IOException failure) {
            line.getErr().println("realm: " + IoReason.of(failure) + ".");
        } else {
            line.getErr().println("realm: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
        if (verbose) {
            e.printStackTrace(line.getErr());
        }
        return e instanceof WorkflowException ? ExitCode.BAD_USAGE : ExitCode.FAILED;
    }

    /** Prints the version. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {ProductVersion.line()};
        }
    }
}
