package org.realm4knime.headless.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.realm4knime.engine.IoReason;

/** Sends what libraries and nodes log to a file, and to the console only what the engine has to tell. */
final class LogFile {

    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "%1$tFT%1$tT %4$s %3$s: %5$s%6$s%n";

    /** The engine says here what it computes on, and how much memory a training takes. */
    private static final Logger ENGINE = Logger.getLogger("org.realm4knime.engine");

    private static final Logger NODES = Logger.getLogger("org.realm4knime.nodes");

    private LogFile() {}

    /** Logs nothing until {@link #open}; only errors that nobody would see otherwise are lost. */
    static void silence() {
        System.setProperty(FORMAT_PROPERTY, System.getProperty(FORMAT_PROPERTY, FORMAT));
        LogManager.getLogManager().reset();
    }

    /**
     * @param file where to log
     * @param append whether to keep what it holds
     * @param console is told what the engine has to tell
     * @throws IOException if it cannot be written
     */
    static void open(Path file, boolean append, Consumer<String> console) throws IOException {
        silence();
        Handler handler = new FileHandler(file.toString().replace("%", "%%"), append);
        handler.setFormatter(new SimpleFormatter());
        handler.setLevel(Level.ALL);
        handler.setErrorManager(new Unwritable(file, console));
        Logger.getLogger("").addHandler(handler);
        echo(ENGINE, Level.INFO, console);
        echo(NODES, Level.WARNING, console); // the rest is in the report
    }

    private static void echo(Logger logger, Level least, Consumer<String> console) {
        for (Handler earlier : logger.getHandlers()) {
            logger.removeHandler(earlier);
        }
        Handler handler = new Echo(console);
        handler.setLevel(least);
        logger.addHandler(handler);
    }

    /** Writes warnings and errors, of whatever, to the console; for what runs without a folder of results. */
    static void toConsole(Consumer<String> console) {
        silence();
        Handler handler = new Echo(console);
        handler.setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(handler);
    }

    /** Says once that the log is not whole, instead of a trace for each line that could not be written. */
    private static final class Unwritable extends ErrorManager {

        private final Path file;
        private final Consumer<String> console;
        private final AtomicBoolean told = new AtomicBoolean();

        Unwritable(Path file, Consumer<String> console) {
            this.file = file;
            this.console = console;
        }

        @Override
        public synchronized void error(String message, Exception e, int code) {
            if (told.compareAndSet(false, true)) {
                String why = e instanceof IOException failure ? IoReason.of(failure) : String.valueOf(e);
                console.accept("warning: " + file + " is not whole, as it cannot be written to: " + why);
            }
        }
    }

    private static final class Echo extends Handler {

        private final Consumer<String> console;

        Echo(Consumer<String> console) {
            this.console = console;
            setLevel(Level.INFO);
        }

        @Override
        public void publish(LogRecord logged) {
            if (isLoggable(logged)) {
                String kind = logged.getLevel().intValue() >= Level.WARNING.intValue() ? "warning: " : "";
                console.accept(kind + new SimpleFormatter().formatMessage(logged));
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // the console stays open
        }
    }
}
