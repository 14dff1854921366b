package org.realm4knime.nodes.supervised;

import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;
import org.realm4knime.engine.update.Workload;
import org.realm4knime.nodes.parameters.Outlook;

/** What the settings of the Supervised Trainer come to. */
final class SupervisedOutlook extends Outlook {

    interface StepsReference extends ParameterReference<Integer> {}

    interface BatchReference extends ParameterReference<Integer> {}

    private Supplier<Integer> steps;
    private Supplier<Integer> batchSize;

    @Override
    public void init(StateProviderInitializer initializer) {
        super.init(initializer);
        steps = initializer.computeFromValueSupplier(StepsReference.class);
        batchSize = initializer.computeFromValueSupplier(BatchReference.class);
    }

    @Override
    protected String amount() {
        return "%,d examples in all.".formatted(examples());
    }

    @Override
    protected String passes(long rows) {
        return "Each of the %,d examples is seen %s times; an epoch is %s steps."
                .formatted(rows, times((double) examples() / rows), times((double) rows / batchSize.get()));
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
