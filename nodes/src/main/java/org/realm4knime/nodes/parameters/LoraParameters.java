package org.realm4knime.nodes.parameters;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;

/** Whether a training changes all weights or a low-rank adapter beside them. */
public final class LoraParameters implements NodeParameters {

    /** PEFT's name for all projections of every layer. */
    private static final String ALL_LINEAR = "all-linear";

    enum Trained {
        @Label(value = "All weights", description = "Every weight of the model is changed.")
        ALL,
        @Label(
                value = "LoRA adapter",
                description =
                        """
                        The weights stay as they are; small matrices beside them are trained, and merged into the \
                        result.""")
        LORA
    }

    enum Projections {
        @Label(value = "All", description = "The attention and the feed-forward part of every layer.")
        ALL(EnumSet.allOf(LoraTarget.class)),
        @Label(value = "Attention", description = "Query, key, value and output of every layer.")
        ATTENTION(EnumSet.range(LoraTarget.Q_PROJ, LoraTarget.O_PROJ)),
        @Label(
                value = "Query and value",
                description = "The two that LoRA was first tried on. The adapter is the smallest.")
        QUERY_VALUE(EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.V_PROJ)),
        @Label(value = "Chosen by name", description = "Those listed below.")
        CHOSEN(null);

        private final Set<LoraTarget> targets;

        Projections(Set<LoraTarget> targets) {
            this.targets = targets;
        }
    }

    interface TrainedReference extends ParameterReference<Trained> {}

    interface RankReference extends ParameterReference<Integer> {}

    interface ProjectionsReference extends ParameterReference<Projections> {}

    static final class IsLora implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(TrainedReference.class).isOneOf(Trained.LORA);
        }
    }

    static final class IsChosen implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(TrainedReference.class)
                    .isOneOf(Trained.LORA)
                    .and(i.getEnum(ProjectionsReference.class).isOneOf(Projections.CHOSEN));
        }
    }

    @Widget(
            title = "What is trained",
            description =
                    """
                    All weights, or a LoRA adapter. An adapter needs far less memory. It needs ten times the learning \
                    rate; where that setting is 0, the node takes care of it. The trained model has the adapter merged \
                    into its weights and also keeps it separately: the Language Model Writer can write it alone, and a \
                    further training with the same rank, alpha and projections continues it.""")
    @ValueSwitchWidget
    @ValueReference(TrainedReference.class)
    Trained trained = Trained.ALL;

    @Widget(
            title = "Rank",
            description =
                    "Width of the adapter's matrices: how much it can learn, and how much memory it takes. 8 to 64"
                            + " is usual.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(RankReference.class)
    @Effect(predicate = IsLora.class, type = EffectType.SHOW)
    int rank = 16;

    @Widget(
            title = "Alpha",
            description =
                    "Strength of the adapter: what it adds is multiplied by alpha / rank. Once or twice the rank is"
                            + " usual.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsLora.class, type = EffectType.SHOW)
    double alpha = 32;

    @Widget(
            title = "Dropout",
            description =
                    """
                    Share of the adapter's inputs that is left out at random in training. It keeps the model from \
                    memorising few examples. 0 to 0.1 is usual; 0 leaves out nothing.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.BelowOne.class)
    @Effect(predicate = IsLora.class, type = EffectType.SHOW)
    double dropout;

    @Widget(title = "Projections", description = "Which parts of each layer get an adapter.", advanced = true)
    @ValueReference(ProjectionsReference.class)
    @Effect(predicate = IsLora.class, type = EffectType.SHOW)
    Projections projections = Projections.ALL;

    @Widget(
            title = "Names of the projections",
            description = "Separated by commas, as PEFT names them: q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj,"
                    + " down_proj.")
    @TextInputWidget(placeholder = "q_proj, v_proj")
    @Effect(predicate = IsChosen.class, type = EffectType.SHOW)
    String names = "q_proj, v_proj";

    @Widget(
            title = "Scale by the root of the rank",
            description =
                    "Multiply by alpha / root of the rank instead of alpha / rank (rsLoRA), which suits high ranks.",
            advanced = true)
    @Effect(predicate = IsLora.class, type = EffectType.SHOW)
    boolean rankStabilized;

    /**
     * Checks the values, also those that are not used, which the dialog's bounds do only within the dialog.
     *
     * @throws InvalidSettingsException naming the setting that is out of range
     */
    public void check() throws InvalidSettingsException {
        Bounds.atLeast("LoRA rank", rank, 1);
        Bounds.above("Alpha", alpha, 0);
        Bounds.atLeast("Dropout", dropout, 0);
        Bounds.below("Dropout", dropout, 1);
    }

    /** Whether an adapter is trained. */
    public boolean isAdapter() {
        return trained == Trained.LORA;
    }

    /**
     * Settings for the engine.
     *
     * @return null if all weights are trained
     * @throws EngineException if a setting is not valid
     */
    public LoraSettings settings() {
        return trained == Trained.ALL ? null : new LoraSettings(rank, alpha, dropout, targets(), rankStabilized);
    }

    private Set<LoraTarget> targets() {
        if (projections != Projections.CHOSEN) {
            return projections.targets;
        }
        if (names.strip().equals(ALL_LINEAR)) {
            return EnumSet.allOf(LoraTarget.class);
        }
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(LoraParameters::target)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LoraTarget.class)));
    }

    private static LoraTarget target(String name) {
        return LoraTarget.named(name)
                .orElseThrow(
                        () -> new EngineException("Names of the projections: there is no " + name + ". Choose among "
                                + Arrays.stream(LoraTarget.values())
                                        .map(LoraTarget::moduleName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
