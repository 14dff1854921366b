package org.realm4knime.nodes.realmtrainer;

import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;
import org.realm4knime.engine.update.Workload;
import org.realm4knime.nodes.parameters.Outlook;

/** What the settings of the ReaLM Trainer come to. */
final class RealmOutlook extends Outlook {

    interface StepsReference extends ParameterReference<Integer> {}

    interface PromptsReference extends ParameterReference<Integer> {}

    interface GroupReference extends ParameterReference<Integer> {}

    interface LengthReference extends ParameterReference<Integer> {}

    private Supplier<Integer> steps;
    private Supplier<Integer> prompts;
    private Supplier<Integer> group;
    private Supplier<Integer> newTokens;

    @Override
    public void init(StateProviderInitializer initializer) {
        super.init(initializer);
        steps = initializer.computeFromValueSupplier(StepsReference.class);
        prompts = initializer.computeFromValueSupplier(PromptsReference.class);
        group = initializer.computeFromValueSupplier(GroupReference.class);
        newTokens = initializer.computeFromValueSupplier(LengthReference.class);
    }

    @Override
    protected String amount() {
        return "%,d completions a step, %,d in all.".formatted(perStep(), (long) steps.get() * perStep());
    }

    @Override
    protected String passes(long rows) {
        return "Each of the %,d problems is drawn about %s times."
                .formatted(rows, times((double) steps.get() * prompts.get() / rows));
    }

    @Override
    protected Workload work(int tokens) {
        int longest = tokens + newTokens.get();
        // with a copy of the best weights, which the watch keeps
        return Workload.of(longest, longest, perStep())
                .withSharedPrompts(true)
                .withWriting()
                .withCopy(true);
    }

    @Override
    protected String measured() {
        return "prompts";
    }

    private int perStep() {
        return prompts.get() * group.get();
    }
}
