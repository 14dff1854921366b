package org.realm4knime.headless.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that a person looks at, if there is one. */
final class Screen implements AutoCloseable {

    private static final int USUAL_WIDTH = 80;

    private final Terminal terminal;

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

    private int width() {
        int width = terminal.getWidth();
        return width > 0 ? width : USUAL_WIDTH;
    }

    @Override
    public void close() throws IOException {
        if (terminal != null) {
            terminal.close();
        }
    }
}
