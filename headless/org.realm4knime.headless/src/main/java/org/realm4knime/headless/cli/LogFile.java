package org.realm4knime.headless.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what libraries and nodes log to a file, and nothing of it to the console. */
final class LogFile {

    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "%1$tFT%1$tT %4$s %3$s: %5$s%6$s%n";

    private LogFile() {}

    /** Logs nothing until {@link #open}; only errors that nobody would see otherwise are lost. */
    static void silence() {
        System.setProperty(FORMAT_PROPERTY, System.getProperty(FORMAT_PROPERTY, FORMAT));
        LogManager.getLogManager().reset();
    }

    /**
     * @param file where to log
     * @param append whether to keep what it holds
     * @throws IOException if it cannot be written
     */
    static void open(Path file, boolean append) throws IOException {
        silence();
        Handler handler = new FileHandler(file.toString().replace("%", "%%"), append);
        handler.setFormatter(new SimpleFormatter());
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
    }
}
