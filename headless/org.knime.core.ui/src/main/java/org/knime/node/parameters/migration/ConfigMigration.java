package org.knime.node.parameters.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.knime.core.node.NodeSettingsRO;
import org.realm4knime.headless.parameters.Migrations;

/**
 * One way to read a value from settings of former versions, and the settings to which it applies: those that the
 * matcher accepts; without a matcher, those that have all deprecated keys; without these, those that lack the new keys.
 */
public final class ConfigMigration<T> {

    private final Predicate<NodeSettingsRO> m_matcher;
    private final ParametersLoader<T> m_loader;
    private final List<String[]> m_deprecatedPaths;

    private ConfigMigration(final Builder<T> builder) {
        m_matcher = builder.m_matcher;
        m_loader = builder.m_loader;
        m_deprecatedPaths = List.copyOf(builder.m_deprecatedPaths);
    }

    public static <T> Builder<T> builder(final ParametersLoader<T> loader) {
        return new Builder<>(loader);
    }

    public ParametersLoader<T> getLoader() {
        return m_loader;
    }

    /** Accepts the settings to which the migration applies; null if these are the ones that lack the new keys. */
    public Predicate<NodeSettingsRO> getMatcher() {
        if (m_matcher != null || m_deprecatedPaths.isEmpty()) {
            return m_matcher;
        }
        return settings -> m_deprecatedPaths.stream().allMatch(path -> Migrations.hasPath(settings, path));
    }

    /** Builds a migration. */
    public static final class Builder<T> {

        private final ParametersLoader<T> m_loader;
        private final List<String[]> m_deprecatedPaths = new ArrayList<>();
        private Predicate<NodeSettingsRO> m_matcher;

        public Builder(final ParametersLoader<T> loader) {
            m_loader = Objects.requireNonNull(loader);
        }

        /** A key that former versions wrote, with the keys of the configs around it before it. */
        public Builder<T> withDeprecatedConfigPath(final String... configKeys) {
            m_deprecatedPaths.add(configKeys.clone());
            return this;
        }

        public Builder<T> withMatcher(final Predicate<NodeSettingsRO> matcher) {
            m_matcher = matcher;
            return this;
        }

        public ConfigMigration<T> build() {
            return new ConfigMigration<>(this);
        }
    }
}
