package org.knime.core.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A named log. It writes to {@code java.util.logging} under the same name. */
public final class NodeLogger {

    /** How serious a log message is. */
    public enum LEVEL {
        ALL(Level.ALL),
        DEBUG(Level.FINE),
        INFO(Level.INFO),
        WARN(Level.WARNING),
        ERROR(Level.SEVERE),
        FATAL(Level.SEVERE),
        OFF(Level.OFF);

        private final Level m_level;

        LEVEL(final Level level) {
            m_level = level;
        }
    }

    private static final Map<String, NodeLogger> LOGGERS = new ConcurrentHashMap<>();

    private final Logger m_logger;

    private NodeLogger(final String name) {
        m_logger = Logger.getLogger(name);
    }

    public static NodeLogger getLogger(final Class<?> c) {
        return getLogger(c.getName());
    }

    public static NodeLogger getLogger(final String s) {
        return LOGGERS.computeIfAbsent(s, NodeLogger::new);
    }

    public boolean isEnabledFor(final LEVEL level) {
        return m_logger.isLoggable(level.m_level);
    }

    public boolean isDebugEnabled() {
        return isEnabledFor(LEVEL.DEBUG);
    }

    public boolean isInfoEnabled() {
        return isEnabledFor(LEVEL.INFO);
    }

    private void log(final LEVEL level, final Object message, final Throwable thrown) {
        if (isEnabledFor(level)) {
            m_logger.logp(level.m_level, m_logger.getName(), null, String.valueOf(message), thrown);
        }
    }

    private void logFormatted(final LEVEL level, final String format, final Object... args) {
        if (isEnabledFor(level)) {
            log(level, String.format(format, args), null);
        }
    }

    public void debug(final Object o) {
        log(LEVEL.DEBUG, o, null);
    }

    public void debug(final Object o, final Throwable t) {
        log(LEVEL.DEBUG, o, t);
    }

    public void debugWithFormat(final String format, final Object... args) {
        logFormatted(LEVEL.DEBUG, format, args);
    }

    public void info(final Object o) {
        log(LEVEL.INFO, o, null);
    }

    public void info(final Object o, final Throwable t) {
        log(LEVEL.INFO, o, t);
    }

    public void infoWithFormat(final String format, final Object... args) {
        logFormatted(LEVEL.INFO, format, args);
    }

    public void warn(final Object o) {
        log(LEVEL.WARN, o, null);
    }

    public void warn(final Object o, final Throwable t) {
        log(LEVEL.WARN, o, t);
    }

    public void warnWithFormat(final String format, final Object... args) {
        logFormatted(LEVEL.WARN, format, args);
    }

    public void error(final Object o) {
        log(LEVEL.ERROR, o, null);
    }

    public void error(final Object o, final Throwable t) {
        log(LEVEL.ERROR, o, t);
    }

    public void errorWithFormat(final String format, final Object... args) {
        logFormatted(LEVEL.ERROR, format, args);
    }

    /** Reports a mistake in the code of a node. */
    public void coding(final Object o) {
        coding(o, null);
    }

    /** Reports a mistake in the code of a node. */
    public void coding(final Object o, final Throwable t) {
        log(LEVEL.ERROR, "CODING PROBLEM\t" + o, t);
    }

    /** Reports a mistake in the code of a node. */
    public void codingWithFormat(final String format, final Object... args) {
        coding(String.format(format, args));
    }
}
