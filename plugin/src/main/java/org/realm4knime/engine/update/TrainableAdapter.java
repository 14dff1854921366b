package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.update.RandomStreams.Purpose;

/**
 * The model's adapter is trained beside frozen weights: one of the same settings goes on, else a new one begins on the
 * present weights. Of the adapted weights there are two copies, the frozen base and the model's merged ones, which are
 * always computed from the base, so that nothing drifts.
 */
final class TrainableAdapter implements Trainables {

    private static final String ADAPTER = "adapter";

    private final LanguageModel model;
    private final LoraAdapter adapter;
    private final DecoderProgram program;
    private final long seed;
    private final TensorScope scope = new TensorScope();
    private final List<NDArray> base;
    private final boolean dropout;

    TrainableAdapter(LanguageModel model, LoraSettings settings, long seed, String... sources) {
        this.model = model;
        this.seed = seed;
        program = DecoderProgram.shared(model.config(), settings, sources);
        boolean goesOn =
                model.adapter().map(a -> a.settings().continues(settings)).orElse(false);
        adapter = goesOn ? model.adapter().orElseThrow() : model.startAdapter(settings, seed);
        base = new ArrayList<>(model.tensors());
        adapter.adaptedWeights().forEach(i -> base.set(i, scope.copy(base.get(i))));
        if (goesOn) {
            adapter.unmerge(model.tensors(), base);
        }
        dropout = settings.dropout() > 0;
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public DecoderProgram program() {
        return program;
    }

    @Override
    public List<NDArray> arguments(TensorScope call, long... draw) {
        List<NDArray> arguments = new ArrayList<>(base);
        if (dropout) {
            arguments.add(call.longs(new long[] {RandomStreams.seed(seed, Purpose.DROPOUT, draw)}, 1));
        }
        arguments.addAll(adapter.tensors());
        return arguments;
    }

    @Override
    public List<NDArray> trained() {
        return adapter.tensors();
    }

    @Override
    public int copiesForReference() {
        return 0;
    }

    @Override
    public List<NDArray> reference() {
        return base;
    }

    @Override
    public void publish(Progress progress) throws CanceledJobException {
        adapter.merge(base, model.tensors(), progress);
    }

    @Override
    public void write(Path checkpoint) {
        model.writeAdapter(checkpoint.resolve(ADAPTER));
    }

    @Override
    public void read(Path checkpoint, Progress progress) throws CanceledJobException {
        adapter.assign(checkpoint.resolve(ADAPTER), progress);
    }

    @Override
    public void close() {
        Progress.unwatched(progress -> {
            publish(progress);
            return model;
        });
        scope.close();
    }
}
