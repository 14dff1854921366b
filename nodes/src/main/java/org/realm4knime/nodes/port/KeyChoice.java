package org.realm4knime.nodes.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** The setting that says where the key of a server comes from. */
public enum KeyChoice {
    @Label(value = "None", description = "The server asks for no key, as is usual for one of your own.")
    NONE(KeySource.Kind.NONE),
    @Label(
            value = "Credentials",
            description = "The password of credentials, for example of a Credentials Configuration node.")
    CREDENTIALS(KeySource.Kind.CREDENTIALS),
    @Label(
            value = "Environment variable",
            description = "The value of an environment variable of the machine that runs the workflow.")
    ENVIRONMENT(KeySource.Kind.ENVIRONMENT);

    private final KeySource.Kind kind;

    KeyChoice(KeySource.Kind kind) {
        this.kind = kind;
    }

    /** By which the settings of the names follow the choice. */
    public interface Reference extends ParameterReference<KeyChoice> {}

    /** Shows the name of the credentials. */
    public static final class IsCredentials implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(CREDENTIALS);
        }
    }

    /** Shows the name of the environment variable. */
    public static final class IsEnvironment implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(ENVIRONMENT);
        }
    }

    /**
     * The key's source.
     *
     * @param credentials the setting 'Credentials'
     * @param environmentVariable the setting 'Environment variable'
     * @throws InvalidSettingsException if the one that counts is empty
     */
    public KeySource source(String credentials, String environmentVariable) throws InvalidSettingsException {
        String name =
                switch (this) {
                    case NONE -> "";
                    case CREDENTIALS -> named("Credentials", credentials);
                    case ENVIRONMENT -> named("Environment variable", environmentVariable);
                };
        return new KeySource(kind, name);
    }

    private static String named(String setting, String value) throws InvalidSettingsException {
        if (value == null || value.isBlank()) {
            throw new InvalidSettingsException(
                    "The setting '" + setting + "' is empty. Give the name, not the key itself;"
                            + " or set 'Key' to 'None' if the server asks for none.");
        }
        return value.strip();
    }
}
