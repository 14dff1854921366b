package org.realm4knime.engine.endpoint;

import java.nio.file.Path;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.WeightType;

/** How servers get the policy as it is: what is written for them, and how they load it. */
enum HandOver {

    /** A LoRA adapter, loaded under a name beside the weights that a server has. */
    ADAPTER {
        @Override
        void write(LanguageModel model, Path folder, Progress progress) throws CanceledJobException {
            model.writeAdapter(folder, progress);
        }

        @Override
        String load(SamplerClient client, String name, String path) {
            client.load(name, path);
            return name;
        }

        @Override
        void unload(SamplerClient client, String name) {
            client.unload(name);
        }
    },

    /** All weights, loaded in the place of those that a server has. */
    WEIGHTS {
        @Override
        void write(LanguageModel model, Path folder, Progress progress) throws CanceledJobException {
            model.write(folder, WeightType.FLOAT32, progress);
        }

        @Override
        String load(SamplerClient client, String name, String path) {
            client.reload(path);
            return client.model();
        }

        @Override
        void unload(SamplerClient client, String name) {
            // the next weights take their place
        }
    };

    /** For a model that is being trained: its adapter if it has one, else all of its weights. */
    static HandOver of(LanguageModel model) {
        return model.adapter().isPresent() ? ADAPTER : WEIGHTS;
    }

    /**
     * Writes what the servers are to load.
     *
     * @param folder made if it is not there
     */
    abstract void write(LanguageModel model, Path folder, Progress progress) throws CanceledJobException;

    /**
     * Has a server load it.
     *
     * @param name name of what is loaded, with the step
     * @param path the folder, as the server knows it
     * @return the model that the server is to be asked for
     */
    abstract String load(SamplerClient client, String name, String path);

    /** Has a server forget what it loaded; {@code name} is what it was asked for. */
    abstract void unload(SamplerClient client, String name);
}
