package org.knime.core.util;

/** A version of three numbers. */
public final class Version {

    private final int m_major;
    private final int m_minor;
    private final int m_revision;

    public Version(final int major, final int minor, final int revision) {
        m_major = major;
        m_minor = minor;
        m_revision = revision;
    }

    public int getMajor() {
        return m_major;
    }

    public int getMinor() {
        return m_minor;
    }

    public int getRevision() {
        return m_revision;
    }

    @Override
    public String toString() {
        return m_major + "." + m_minor + "." + m_revision;
    }
}
