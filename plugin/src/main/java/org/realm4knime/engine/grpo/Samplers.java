package org.realm4knime.engine.grpo;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.ApiKey;
import org.realm4knime.engine.endpoint.PolicySampler;
import org.realm4knime.engine.endpoint.SamplerSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraSettings;

/**
 * The servers that write a training's completions.
 *
 * @param settings null if this process writes them
 * @param key what the servers ask for
 */
public record Samplers(@Nullable SamplerSettings settings, ApiKey key) {

    /** This process writes the completions. */
    public static final Samplers NONE = new Samplers(null, ApiKey.none());

    /** Refuses what servers cannot do. */
    void check(LanguageModel policy, GrpoSettings training) {
        LoraSettings lora = training.lora();
        if (settings != null
                && lora != null
                && policy.adapter()
                        .map(LoraAdapter::settings)
                        .filter(own -> own.continues(lora))
                        .isPresent()) {
            throw new EngineException(
                    ("The model %s has a LoRA adapter in its weights, which this training would go on with; servers"
                                    + " would add it once more. Choose another LoRA rank, so that a new adapter begins"
                                    + " on the weights as they are, and serve the model as the Language Model Writer"
                                    + " writes it.")
                            .formatted(policy.name()));
        }
    }

    /** Whether the servers write the next step's completions while a step is trained. */
    boolean ahead() {
        return settings != null && settings.ahead();
    }

    /**
     * Opens the connection to the servers.
     *
     * @param policy the model that is trained
     * @param notes told of servers that are left out
     */
    @Nullable PolicySampler open(LanguageModel policy, Consumer<String> notes) {
        return settings == null ? null : new PolicySampler(settings, key, policy, notes);
    }
}
