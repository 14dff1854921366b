package org.realm4knime.headless.cli;

/** What the process tells its caller. */
final class ExitCode {

    /** Everything ran. */
    static final int DONE = 0;

    /** A node failed, or something unforeseen happened. */
    static final int FAILED = 1;

    /**
     * The command line is wrong, or the workflow cannot be loaded or cannot run as it is configured; nothing was
     * computed.
     */
    static final int BAD_USAGE = 2;

    /** SIGINT, SIGTERM or SIGHUP came. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
