package org.realm4knime.headless.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/** Two lines at the end of what a terminal shows, which are drawn anew in their place. */
final class StatusLines {

    private static final String CLEAR_TO_END = "\033[K";
    private static final String LINE_UP = "\r\033[1A";

    private final PrintStream out;
    private final IntSupplier width;
    private boolean shown;

    /**
     * @param out a terminal that knows ANSI's escape codes
     * @param width how many characters a line of it takes now
     */
    StatusLines(PrintStream out, IntSupplier width) {
        this.out = out;
        this.width = width;
    }

    /** @return how long a line may be; one less than the terminal's, as some begin a new line after the last column */
    int width() {
        return width.getAsInt() - 1;
    }

    /** Draws the lines, in place of those shown before; each at most {@link #width()} long, or they would wrap. */
    void show(String first, String second) {
        out.print((shown ? LINE_UP : "") + first + CLEAR_TO_END + "\n" + second + CLEAR_TO_END);
        out.flush();
        shown = true;
    }

    /** Removes the lines, so that what is printed next takes their place. */
    void clear() {
        if (shown) {
            out.print("\r" + CLEAR_TO_END + LINE_UP + CLEAR_TO_END);
            out.flush();
            shown = false;
        }
    }

    /** Lets the lines stand as they are: something else was printed after them. */
    void leave() {
        shown = false;
    }
}
