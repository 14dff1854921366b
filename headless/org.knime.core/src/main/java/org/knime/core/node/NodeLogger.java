package org.knime.core.node;

import java.util.logging.Level;
import java.util.logging.Logger;

/** A named log. It writes to {@code java.util.logging} under the same name. */
public final class NodeLogger {

    private final Logger m_logger;

    private NodeLogger(final String name) {
        m_logger = Logger.getLogger(name);
    }

    public static NodeLogger getLogger(final Class<?> c) {
        return new NodeLogger(c.getName());
    }

    public void warn(final Object o) {
        m_logger.logp(Level.WARNING, m_logger.getName(), null, String.valueOf(o));
    }

    public void info(final Object o) {
        m_logger.logp(Level.INFO, m_logger.getName(), null, String.valueOf(o));
    }
}
