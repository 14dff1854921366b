package org.realm4knime.nodes.samples;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.nodes.parameters.Bounds;

/** Settings of Sample Reasoning Data. */
final class SampleReasoningDataNodeParameters implements NodeParameters {

    interface ContentReference extends ParameterReference<ContentChoice> {}

    static final class HasCases implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ContentReference.class).isOneOf(ContentChoice.PROBLEMS, ContentChoice.ROUTES);
        }
    }

    static final class HasTexts implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ContentReference.class).isOneOf(ContentChoice.EXAMPLES);
        }
    }

    static final class IsDrawn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ContentReference.class)
                    .isOneOf(ContentChoice.PROBLEMS, ContentChoice.ROUTES, ContentChoice.EXAMPLES);
        }
    }

    @Widget(title = "Domain", description = "Which made-up domain the rows are of.")
    DomainChoice domain = DomainChoice.QUICKSTART;

    @Widget(title = "Content", description = "What the rows are, and so which columns the table has.")
    @ValueReference(ContentReference.class)
    ContentChoice content = ContentChoice.PROBLEMS;

    @Widget(title = "Cases", description = "Which part of the domain's cases. No case is in two of the parts.")
    @Effect(predicate = HasCases.class, type = EffectType.SHOW)
    CasesChoice split = CasesChoice.TRAIN;

    @Widget(title = "Texts", description = "Which model the training examples are for.")
    @Effect(predicate = HasTexts.class, type = EffectType.SHOW)
    TextsChoice texts = TextsChoice.BASE;

    @Widget(
            title = "Number of rows",
            description = "How many problems or examples to make. Of routes it is the number of problems, and each"
                    + " problem has a route of every expert. The same domain, cases, number and seed give"
                    + " routes to the same problems.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsDrawn.class, type = EffectType.SHOW)
    int rows = SampleRows.DEFAULT_NUMBER;

    @Widget(title = "Seed", description = "The same seed makes the same rows. Change it to get others.")
    @Effect(predicate = IsDrawn.class, type = EffectType.SHOW)
    long seed = 1;

    SampleRows sampleRows() {
        return new SampleRows(domain, content, split, texts, rows, seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Number of rows", rows, 1);
        sampleRows().validate();
    }
}
