package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.NoServerException;
import org.realm4knime.engine.endpoint.PolicySampler;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.train.PausedException;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;

/**
 * Has servers write, and looks how likely the policy finds what they wrote: the log-probabilities to train with are its
 * own, and how far the servers' are from them is told.
 */
final class ServedCompletions implements CompletionSource {

    /** Mean distance of log-probabilities that number formats alone do not explain, in nats. */
    private static final double SUSPICIOUS = 0.1;

    private final PolicySampler sampler;
    private final TrainingWorker worker;
    private final int endToken;
    private final boolean ahead;
    private final Consumer<String> warnings;
    private @Nullable WrittenAhead next;
    private boolean told;

    /**
     * Asks servers.
     *
     * @param ahead whether they write the next step's completions while a step is trained
     * @param warnings told if the servers seem to draw from something else than the policy
     */
    ServedCompletions(
            PolicySampler sampler, TrainingWorker worker, int endToken, boolean ahead, Consumer<String> warnings) {
        this.sampler = sampler;
        this.worker = worker;
        this.endToken = endToken;
        this.ahead = ahead;
        this.warnings = warnings;
    }

    @Override
    public boolean begin(List<int[]> prompts, int each, SamplingSettings sampling, int step, Progress progress)
            throws CanceledJobException {
        if (ahead) {
            forget();
            try {
                sampler.publish(step, progress);
            } catch (NoServerException e) {
                throw paused(e);
            }
            next = WrittenAhead.begin(prompts, stop -> sampler.write(prompts, each, sampling, stop));
        }
        return ahead;
    }

    @Override
    public void forget() {
        if (next != null) {
            next.close();
            next = null;
            sampler.outdated();
        }
    }

    @Override
    public List<List<Rollout.Sampled>> write(
            List<int[]> prompts, int each, SamplingSettings sampling, int step, Progress progress)
            throws CanceledJobException {
        List<List<Rollout.Sampled>> sampled;
        WrittenAhead older = next != null && next.isOf(prompts) ? next : null;
        try {
            List<List<Completion>> written;
            if (older != null) {
                written = older.await(progress);
                next = null;
            } else {
                sampler.publish(step, progress);
                written = sampler.write(prompts, each, sampling, progress);
            }
            sampled = sampled(prompts, written, endToken);
        } catch (NoServerException e) {
            throw paused(e);
        }
        List<List<Rollout.Sampled>> read = read(sampled, sampling.temperature(), progress);
        SamplerGap gap = SamplerGap.of(read.stream().flatMap(List::stream).toList());
        // what was written ahead differs by a step of the training, too
        if (older == null && gap.mean() > SUSPICIOUS && !told) {
            told = true;
            warnings.accept(String.format(
                    Locale.ROOT,
                    "At step %d the servers' log-probabilities are %.2f nats per token away from those here, which"
                            + " number formats alone do not explain. Look whether the servers have the model that the"
                            + " training began with, draw without a top-p or a penalty of their own, and tell"
                            + " log-probabilities at the temperature (vLLM: --logprobs-mode processed_logprobs).",
                    step,
                    gap.mean()));
        }
        return read;
    }

    private static PausedException paused(NoServerException cause) {
        return new PausedException(
                cause.getMessage() + " Start a server again, or leave the servers' addresses empty, and execute the"
                        + " node again.",
                cause);
    }

    private List<List<Rollout.Sampled>> read(List<List<Rollout.Sampled>> sampled, double temperature, Progress progress)
            throws CanceledJobException {
        List<TrainingSequence> sequences = sampled.stream()
                .flatMap(List::stream)
                .map(own -> TrainingSequence.sampled(own.prompt(), own.tokens(), 1, 0, own.logProbs()))
                .toList();
        // at temperature 0 the log-probabilities are those at 1
        double divisor = temperature == 0 ? 1 : temperature;
        Iterator<float[]> ours =
                worker.tokenLogProbs(sequences, divisor, progress).iterator();
        List<List<Rollout.Sampled>> read = new ArrayList<>();
        for (List<Rollout.Sampled> ofPrompt : sampled) {
            read.add(ofPrompt.stream().map(own -> own.byServer(ours.next())).toList());
        }
        return read;
    }

    /** What was written, with the prompts. */
    static List<List<Rollout.Sampled>> sampled(List<int[]> prompts, List<List<Completion>> written, int endToken) {
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> written.get(i).stream()
                        .map(completion -> Rollout.Sampled.of(prompts.get(i), completion, endToken))
                        .toList())
                .toList();
    }
}
