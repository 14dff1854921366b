package org.realm4knime.nodes.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** Whether the length of a supervised training is given in steps or by how often it sees what it learns. */
public final class LengthParameters implements NodeParameters {

    /** What the length is given in. */
    public enum Unit {
        @Label(value = "Steps", description = "As many changes of the model as are set.")
        STEPS,
        @Label(
                value = "Epochs",
                description = "So often it sees each example; the number of steps follows from the number of examples.")
        EPOCHS
    }

    /** Names the unit. */
    public interface UnitReference extends ParameterReference<Unit> {}

    /** Names the epochs. */
    public interface EpochsReference extends ParameterReference<Double> {}

    /** Holds while the length is given in steps. */
    public static final class InSteps implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(UnitReference.class).isOneOf(Unit.STEPS);
        }
    }

    static final class InEpochs implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(UnitReference.class).isOneOf(Unit.EPOCHS);
        }
    }

    @Widget(
            title = "Length in",
            description =
                    "How the length of the training is given. Choose epochs if the number of examples may change, as in"
                            + " a workflow that others use with their own data.")
    @ValueSwitchWidget
    @ValueReference(UnitReference.class)
    Unit unit = Unit.STEPS;

    @Widget(
            title = "Epochs",
            description = "How often each example is seen. Two to four times is usual. With fewer than a hundred"
                    + " examples it may take ten.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @ValueReference(EpochsReference.class)
    @Effect(predicate = InEpochs.class, type = Effect.EffectType.SHOW)
    double epochs = 3;

    /** Epochs for the engine; 0 if the length is given in steps. */
    public double epochs() {
        return unit == Unit.EPOCHS ? epochs : 0;
    }

    /**
     * Checks the values, also those that are not used.
     *
     * @throws InvalidSettingsException naming the setting that is out of range
     */
    public void check() throws InvalidSettingsException {
        Bounds.above("Epochs", epochs, 0);
    }
}
