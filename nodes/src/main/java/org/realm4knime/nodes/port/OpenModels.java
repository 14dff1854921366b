package org.realm4knime.nodes.port;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.model.LanguageModel;

/** Several models that are open at the same time, and are closed together. */
public final class OpenModels implements AutoCloseable {

    /**
     * An open model under its name.
     *
     * @param name name in tables and charts
     * @param model the model
     */
    public record Named(String name, LanguageModel model) {}

    private final List<Named> models = new ArrayList<>();

    /** Opens the models of some ports. */
    public static OpenModels of(List<LanguageModelPortObject> objects) {
        OpenModels open = new OpenModels();
        try {
            objects.forEach(object -> open.models.add(new Named(object.getSpec().name(), object.open())));
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Checks that no two models have the same name, which would mix them up in tables and charts.
     *
     * @throws InvalidSettingsException naming the name
     */
    public static void checkNames(List<LanguageModelPortObjectSpec> specs) throws InvalidSettingsException {
        Set<String> names = new HashSet<>();
        for (LanguageModelPortObjectSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new InvalidSettingsException("Two of the connected models are called '" + spec.name()
                        + "'. Tables and charts tell models apart by name: change it where one of them is read or"
                        + " trained.");
            }
        }
    }

    /** The models, in the order of the ports. */
    public List<Named> models() {
        return List.copyOf(models);
    }

    @Override
    public void close() {
        models.forEach(named -> named.model().close());
    }
}
