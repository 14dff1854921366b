package org.realm4knime.headless.cli;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that a person looks at, if there is one. */
final class Screen implements AutoCloseable {

    private static final int USUAL_WIDTH = 80;

    private static final Duration ASKING_PAUSE = Duration.ofSeconds(2);

    private final Terminal terminal;
    /** As last seen; 0 before. */
    private int width;

    private long askedAt;

    private Screen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Looks for the terminal; a file, a pipe and a terminal without escape codes are none. */
    // from Java 22 on, the console is null as before because realm starts with -Djdk.console=java.base
    @SuppressWarnings("SystemConsoleNull")
    static Screen open() throws IOException {
        if (System.console() == null) {
            return new Screen(null);
        }
        Terminal terminal =
                TerminalBuilder.builder().dumb(true).nativeSignals(false).build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            terminal.close();
            return new Screen(null);
        }
        return new Screen(terminal);
    }

    /**
     * @param out what prints to it
     * @return where progress is drawn; nothing without a terminal
     */
    Optional<StatusLines> lines(PrintStream out) {
        return terminal == null ? Optional.empty() : Optional.of(new StatusLines(out, this::width));
    }

    /** JLine may start a process to ask for it, so it is asked for now and then, and what fails changes nothing. */
    private int width() {
        long now = System.nanoTime();
        if (width == 0 || now - askedAt >= ASKING_PAUSE.toNanos()) {
            askedAt = now;
            try {
                int seen = terminal.getWidth();
                width = seen > 0 ? seen : USUAL_WIDTH;
            } catch (IOError e) {
                width = width > 0 ? width : USUAL_WIDTH;
            }
        }
        return width;
    }

    @Override
    public void close() throws IOException {
        if (terminal != null) {
            terminal.close();
        }
    }
}
