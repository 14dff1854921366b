package org.realm4knime.nodes.supervised;

import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;
import org.realm4knime.engine.update.Workload;
import org.realm4knime.nodes.parameters.LengthParameters;
import org.realm4knime.nodes.parameters.Outlook;

/** What the settings of the Supervised Trainer come to. */
final class SupervisedOutlook extends Outlook {

    interface StepsReference extends ParameterReference<Integer> {}

    interface BatchReference extends ParameterReference<Integer> {}

    private Supplier<Integer> steps;
    private Supplier<Integer> batchSize;
    private Supplier<LengthParameters.Unit> unit;
    private Supplier<Double> epochs;

    @Override
    public void init(StateProviderInitializer initializer) {
        super.init(initializer);
        steps = initializer.computeFromValueSupplier(StepsReference.class);
        batchSize = initializer.computeFromValueSupplier(BatchReference.class);
        unit = initializer.computeFromValueSupplier(LengthParameters.UnitReference.class);
        epochs = initializer.computeFromValueSupplier(LengthParameters.EpochsReference.class);
    }

    @Override
    protected String amount() {
        return inSteps() ? "%,d examples in all.".formatted(examples()) : "";
    }

    @Override
    protected String passes(long rows) {
        double epoch = (double) rows / batchSize.get();
        return inSteps()
                ? "Each of the %,d examples is seen %s times; an epoch is %s steps."
                        .formatted(rows, times((double) examples() / rows), times(epoch))
                : "With %,d examples this is %,.0f steps.".formatted(rows, Math.ceil(epochs.get() * epoch));
    }

    private boolean inSteps() {
        return unit.get() == LengthParameters.Unit.STEPS;
    }

    @Override
    protected Workload work(int tokens) {
        return Workload.of(tokens, tokens, batchSize.get());
    }

    @Override
    protected String measured() {
        return "texts";
    }

    private long examples() {
        return (long) steps.get() * batchSize.get();
    }
}
