package org.realm4knime.nodes.realmtrainer;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.SamplerSettings;
import org.realm4knime.engine.grpo.Samplers;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.port.CredentialsChoices;
import org.realm4knime.nodes.port.KeySource;

/** Servers that write the completions of a training. */
final class ServersParameters implements NodeParameters {

    enum Key {
        @Label(value = "None", description = "The servers ask for no key, as is usual on one machine.")
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

        Key(KeySource.Kind kind) {
            this.kind = kind;
        }
    }

    interface KeyReference extends ParameterReference<Key> {}

    static final class HasKey implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(KeyReference.class).isOneOf(Key.CREDENTIALS);
        }
    }

    static final class HasVariable implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(KeyReference.class).isOneOf(Key.ENVIRONMENT);
        }
    }

    @Widget(
            title = "Addresses of servers",
            description =
                    """
                    Base URLs of servers that write the completions while this machine trains, one per line, for \
                    example http://localhost:8000/v1. Each serves the model that this training begins with: vLLM, or \
                    realm serve. Use it if writing takes most of the time and there are other machines. It needs \
                    LoRA. Usually empty: then this machine writes them.""")
    @TextAreaWidget
    String addresses = "";

    @Widget(
            title = "Shared folder",
            description =
                    """
                    Folder into which the adapter is written before each step, and from which the servers load it. \
                    On several machines it is a network folder.""")
    String folder = "";

    @Widget(
            title = "Shared folder as the servers see it",
            description =
                    "Path of the shared folder on the servers' machines. Empty, as is usual, if it is the same there.")
    String folderOnServers = "";

    @Widget(
            title = "Parallel requests",
            description =
                    """
                    How many prompts each server answers at the same time. 4 is usual. More is faster on a graphics \
                    card; fewer share the prompts more evenly among servers of different speed.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int parallel = 4;

    @Widget(
            title = "Time-out (seconds)",
            description =
                    """
                    After this time without a whole answer, a prompt is asked of another server. Choose more for long \
                    completions on slow machines. 600 is usual.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int timeout = 600;

    @Widget(title = "Key", description = "Where the key for the servers comes from, such as the token of realm serve.")
    @ValueSwitchWidget
    @ValueReference(KeyReference.class)
    Key key = Key.NONE;

    @Widget(
            title = "Credentials",
            description =
                    """
                    Name of the credentials whose password is the key. They come from the workflow or from a node \
                    connected to this one's flow variable port. On the command line, --credentials gives them.""")
    @ChoicesProvider(CredentialsChoices.class)
    @Effect(predicate = HasKey.class, type = EffectType.SHOW)
    String credentials = "";

    @Widget(title = "Environment variable", description = "Name of the environment variable whose value is the key.")
    @TextInputWidget(placeholder = "REALM_TOKEN")
    @Effect(predicate = HasVariable.class, type = EffectType.SHOW)
    String environmentVariable = "";

    /** The servers and their key, for the engine. */
    Samplers samplers() throws InvalidSettingsException {
        Optional<SamplerSettings> settings = settings();
        return settings.isEmpty() ? Samplers.NONE : new Samplers(settings.get(), source().key());
    }

    private Optional<SamplerSettings> settings() {
        List<String> urls = addresses.lines().filter(line -> !line.isBlank()).toList();
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SamplerSettings(urls, Path.of(folder.strip()), folderOnServers, parallel, timeout));
        } catch (InvalidPathException e) {
            throw new EngineException("The setting 'Shared folder' is no path: " + folder, e);
        }
    }

    private KeySource source() throws InvalidSettingsException {
        String name =
                switch (key) {
                    case NONE -> "";
                    case CREDENTIALS -> credentials.strip();
                    case ENVIRONMENT -> environmentVariable.strip();
                };
        if (key != Key.NONE && name.isEmpty()) {
            throw new InvalidSettingsException(
                    "The name of the servers' key is empty. Give the name, not the key itself; or set 'Key' to"
                            + " 'None'.");
        }
        return new KeySource(key.kind, name);
    }

    /** Checks what can be checked before the node runs. */
    void check() throws InvalidSettingsException {
        Bounds.atLeast("Parallel requests", parallel, 1);
        Bounds.atLeast("Time-out (seconds)", timeout, 1);
        EngineValidation.check(this::settings);
        if (!addresses.isBlank()) {
            KeySource unused = source();
        }
    }
}
