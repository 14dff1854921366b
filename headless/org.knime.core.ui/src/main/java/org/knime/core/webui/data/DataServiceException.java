package org.knime.core.webui.data;

/** A view's data cannot be made; the message and the details are meant for users. */
public final class DataServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String m_details;

    public DataServiceException(final String message) {
        this(message, (String) null);
    }

    public DataServiceException(final String message, final Throwable cause) {
        this(message, null, cause);
    }

    /** @param details may be null */
    public DataServiceException(final String message, final String details) {
        super(message);
        m_details = details;
    }

    /** @param details may be null */
    public DataServiceException(final String message, final String details, final Throwable cause) {
        super(message, cause);
        m_details = details;
    }

    public String getDetails() {
        return m_details;
    }
}
