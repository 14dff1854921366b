package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/** All weights of a model are trained, in place. An adapter that was merged into them is forgotten. */
final class TrainableWeights implements Trainables {

    private static final String MODEL = "model";

    private final LanguageModel model;
    private final DecoderProgram program;
    private final TensorScope scope = new TensorScope();

    TrainableWeights(LanguageModel model, String... sources) {
        this.model = model;
        program = DecoderProgram.shared(model.config(), sources);
        model.forgetAdapter();
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
        return model.tensors();
    }

    @Override
    public List<NDArray> trained() {
        return model.tensors();
    }

    @Override
    public int copiesForReference() {
        return 1;
    }

    @Override
    public List<NDArray> reference() {
        return model.tensors().stream().map(scope::copy).toList();
    }

    @Override
    public void publish(Progress progress) {
        // the trained tensors are the model's own
    }

    @Override
    public void write(Path checkpoint) {
        model.write(checkpoint.resolve(MODEL));
    }

    @Override
    public void read(Path checkpoint, Progress progress) throws CanceledJobException {
        try (LanguageModel saved = LanguageModel.read(checkpoint.resolve(MODEL), progress)) {
            model.assign(saved);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
