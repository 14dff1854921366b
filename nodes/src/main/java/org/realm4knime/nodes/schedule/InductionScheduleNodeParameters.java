package org.realm4knime.nodes.schedule;

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
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;

/** Settings of the Induction Schedule (EAAI). */
final class InductionScheduleNodeParameters implements NodeParameters {

    enum Shape {
        @Label(
                value = "Exponential",
                description = "Fades fast at first, then ever more slowly, and is cut to zero for the autonomy phase.")
        EXPONENTIAL,
        @Label(value = "Linear", description = "Fades along a straight line.")
        LINEAR,
        @Label(value = "Cosine", description = "Fades slowly at first, fast in the middle and slowly at the end.")
        COSINE,
        @Label(value = "Staircase", description = "Goes down in equal steps.")
        STAIRCASE,
        @Label(value = "Constant", description = "Does not fade, for comparison.")
        CONSTANT,
        @Label(
                value = "Adaptive",
                description =
                        "Goes down only while the model does well with the present help, and to zero at a deadline.")
        ADAPTIVE
    }

    interface ShapeReference extends ParameterReference<Shape> {}

    static final class IsExponential implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ShapeReference.class).isOneOf(Shape.EXPONENTIAL);
        }
    }

    static final class IsStaircase implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ShapeReference.class).isOneOf(Shape.STAIRCASE);
        }
    }

    static final class IsAdaptive implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ShapeReference.class).isOneOf(Shape.ADAPTIVE);
        }
    }

    @Widget(title = "Shape", description = "How the outside help fades.")
    @ValueReference(ShapeReference.class)
    Shape shape = Shape.EXPONENTIAL;

    @Widget(
            title = "Initial guidance",
            description = "Guidance at the start: the share of external routes that prompts show. 1 shows all of them.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double initial = 1;

    @Widget(
            title = "Autonomy phase",
            description =
                    "The final share of the training in which nothing is shown any more, so that the model ends up"
                            + " trained as it will be used.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double autonomy = 0.25;

    @Widget(
            title = "Decay",
            description =
                    "How fast guidance fades: with 1 it would be at 37 % at the end of training, with 3 at 5 %, were"
                            + " it not for the autonomy phase.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsExponential.class, type = EffectType.SHOW)
    double decay = 1;

    @Widget(title = "Steps down", description = "Number of steps of the staircase.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsStaircase.class, type = EffectType.SHOW)
    int levels = 4;

    @Widget(
            title = "Reward to hold",
            description =
                    "The mean reward that must hold before guidance is lowered. With the usual weights a reward of 1"
                            + " means that all answers were right.")
    @Effect(predicate = IsAdaptive.class, type = EffectType.SHOW)
    double threshold = 0.7;

    @Widget(title = "Decrement", description = "By how much guidance is lowered at a time.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = Bounds.AtMostOne.class)
    @Effect(predicate = IsAdaptive.class, type = EffectType.SHOW)
    double decrement = 0.1;

    @Widget(title = "Steps to hold", description = "For how many training steps the reward must hold.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsAdaptive.class, type = EffectType.SHOW)
    int window = 5;

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Steps down", levels, 1);
        Bounds.above("Decrement", decrement, 0);
        Bounds.atMost("Decrement", decrement, 1);
        Bounds.atLeast("Steps to hold", window, 1);
        if (shape == Shape.ADAPTIVE && autonomy >= 1) {
            throw new InvalidSettingsException("An autonomy phase of 1 leaves no training with guidance. Enter less.");
        }
        EngineValidation.check(this::schedule);
    }

    /** The schedule. */
    InductionSchedule schedule() {
        return switch (shape) {
            case EXPONENTIAL -> InductionSchedule.exponential(initial, decay, autonomy);
            case LINEAR -> InductionSchedule.linear(initial, autonomy);
            case COSINE -> InductionSchedule.cosine(initial, autonomy);
            case STAIRCASE -> InductionSchedule.staircase(initial, levels, autonomy);
            case CONSTANT -> InductionSchedule.constant(initial, autonomy);
            case ADAPTIVE -> InductionSchedule.adaptive(initial, 1 - autonomy, threshold, decrement, window);
        };
    }
}
