package org.knime.core.data;

import java.util.List;
import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Name, type and domain of a column; made by {@link DataColumnSpecCreator}. */
public final class DataColumnSpec {

    private static final String NAME = "column_name";
    private static final String ELEMENT_NAMES = "element_names";
    private static final String TYPE = "column_type";
    private static final String DOMAIN = "column_domain";
    private static final String PROPERTIES = "column_properties";
    private static final String META_DATA = "meta_data";

    private final String m_name;
    private final DataType m_type;
    private final DataColumnDomain m_domain;
    private final List<String> m_elementNames;

    DataColumnSpec(
            final String name, final DataType type, final DataColumnDomain domain, final List<String> elementNames) {
        m_name = name;
        m_type = type;
        m_domain = domain;
        m_elementNames = List.copyOf(elementNames);
    }

    public String getName() {
        return m_name;
    }

    public DataType getType() {
        return m_type;
    }

    public DataColumnDomain getDomain() {
        return m_domain;
    }

    public List<String> getElementNames() {
        return m_elementNames;
    }

    /** True if both have the same name and type. */
    public boolean equalStructure(final DataColumnSpec cspec) {
        return cspec != null && m_name.equals(cspec.m_name) && m_type.equals(cspec.m_type);
    }

    public void save(final ConfigWO config) {
        config.addString(NAME, m_name);
        if (m_elementNames.size() != 1 || !m_elementNames.get(0).equals(m_name)) {
            config.addStringArray(ELEMENT_NAMES, m_elementNames.toArray(String[]::new));
        }
        m_type.save(config.addConfig(TYPE));
        m_domain.save(config.addConfig(DOMAIN));
        config.addConfig(PROPERTIES);
        config.addConfig(META_DATA);
    }

    public static DataColumnSpec load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString(NAME);
        return new DataColumnSpec(
                name,
                DataType.load(config.getConfig(TYPE)),
                DataColumnDomain.load(config.getConfig(DOMAIN)),
                List.of(config.getStringArray(ELEMENT_NAMES, name)));
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof DataColumnSpec other
                && equalStructure(other)
                && m_domain.equals(other.m_domain)
                && m_elementNames.equals(other.m_elementNames);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_name, m_type);
    }

    @Override
    public String toString() {
        return m_name + " (" + m_type + ")";
    }
}
