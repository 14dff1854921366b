package org.realm4knime.nodes.realmtrainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.SamplerSettings;
import org.realm4knime.engine.grpo.Samplers;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.port.CredentialsChoices;
import org.realm4knime.nodes.port.KeyChoice;

/** Servers that write the completions of a training. */
final class ServersParameters implements NodeParameters {

    @Widget(
            title = "Addresses of servers",
            description =
                    """
                    Base URLs of servers that write the completions while this machine trains, one per line, for \
                    example http://localhost:8000/v1. Each serves the model that this training begins with: vLLM, or \
                    realm serve. Use it if writing takes most of the time and there are other machines. Usually \
                    empty: then this machine writes them.""")
    @TextAreaWidget
    String addresses = "";

    @Widget(
            title = "Shared folder",
            description =
                    """
                    Folder into which the LoRA adapter is written before each step, and from which the servers load \
                    it. Without LoRA all weights are written there. On several machines it is a network folder.""")
    String folder = "";

    @Widget(
            title = "Shared folder as the servers see it",
            description =
                    "Path of the shared folder on the servers' machines. Empty, as is usual, if it is the same there.")
    String folderOnServers = "";

    @Widget(
            title = "Write while training",
            description =
                    """
                    The servers write the completions of the next step while this machine trains on the current \
                    ones. They are written by weights that are one step old, and the loss takes that into account. \
                    Switch it on if the servers take about as long as this machine, which then waits for them no \
                    more. Usually off.""")
    @Migrate(loadDefaultIfAbsent = true)
    boolean ahead;

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
    @ValueReference(KeyChoice.Reference.class)
    KeyChoice key = KeyChoice.NONE;

    @Widget(
            title = "Credentials",
            description =
                    """
                    Name of the credentials whose password is the key. They come from the workflow or from a node \
                    connected to this one's flow variable port. On the command line, --credentials gives them.""")
    @ChoicesProvider(CredentialsChoices.class)
    @Effect(predicate = KeyChoice.IsCredentials.class, type = EffectType.SHOW)
    String credentials = "";

    @Widget(title = "Environment variable", description = "Name of the environment variable whose value is the key.")
    @TextInputWidget(placeholder = "REALM_TOKEN")
    @Effect(predicate = KeyChoice.IsEnvironment.class, type = EffectType.SHOW)
    String environmentVariable = "";

    /** The servers and their key, for the engine. */
    Samplers samplers() throws InvalidSettingsException {
        Optional<SamplerSettings> settings = settings();
        return settings.isEmpty()
                ? Samplers.NONE
                : new Samplers(
                        settings.get(),
                        key.source(credentials, environmentVariable).key());
    }

    private Optional<SamplerSettings> settings() {
        List<String> urls = addresses.lines().filter(line -> !line.isBlank()).toList();
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SamplerSettings(urls, shared(), folderOnServers, parallel, timeout, ahead));
    }

    private Path shared() {
        try {
            return folder.isBlank() ? Path.of("") : new WorkflowPath(folder, "Shared folder").toWritable();
        } catch (InvalidSettingsException e) {
            throw new EngineException(e.getMessage(), e);
        }
    }

    /** Checks what can be checked before the node runs. */
    void check() throws InvalidSettingsException {
        Bounds.atLeast("Parallel requests", parallel, 1);
        Bounds.atLeast("Time-out (seconds)", timeout, 1);
        EngineValidation.check(this::settings);
        if (!addresses.isBlank()) {
            key.source(credentials, environmentVariable);
        }
    }
}
