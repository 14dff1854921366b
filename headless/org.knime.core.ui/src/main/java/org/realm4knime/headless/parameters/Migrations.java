package org.realm4knime.headless.parameters;

import java.util.Arrays;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;

/** Reads values from settings of former versions. */
public final class Migrations {

    private Migrations() {}

    /**
     * The value that the first migration reads whose matcher accepts the settings; empty if none does.
     *
     * @param paths the keys of today; a migration without matcher and deprecated keys applies where all are absent
     */
    static Optional<Object> load(final Migration annotation, final String[][] paths, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        final NodeParametersMigration<?> migrations =
                (NodeParametersMigration<?>) ParametersPersistence.createDefault(annotation.value());
        for (final ConfigMigration<?> migration : migrations.getConfigMigrations()) {
            final boolean applies = migration.getMatcher() == null
                    ? Arrays.stream(paths).noneMatch(path -> hasPath(settings, path))
                    : migration.getMatcher().test(settings);
            if (applies) {
                return Optional.of(migration.getLoader().load(settings));
            }
        }
        return Optional.empty();
    }

    /** True if there is an entry or config at the path; the empty path is always there. */
    public static boolean hasPath(final NodeSettingsRO settings, final String... path) {
        NodeSettingsRO config = settings;
        for (int i = 0; i < path.length; i++) {
            if (!config.containsKey(path[i])) {
                return false;
            }
            if (i < path.length - 1) {
                try {
                    config = config.getNodeSettings(path[i]);
                } catch (final InvalidSettingsException e) { // an entry where the path needs a config
                    return false;
                }
            }
        }
        return true;
    }
}
