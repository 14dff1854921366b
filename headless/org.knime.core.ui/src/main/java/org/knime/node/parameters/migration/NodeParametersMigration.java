package org.knime.node.parameters.migration;

import java.util.List;

/** Ways to read a value from settings of former versions; the first whose matcher accepts the settings is taken. */
public interface NodeParametersMigration<T> {

    List<ConfigMigration<T>> getConfigMigrations();
}
