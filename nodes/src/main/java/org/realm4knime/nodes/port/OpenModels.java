package org.realm4knime.nodes.port;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.EndpointModel;
import org.realm4knime.engine.evaluate.NamedModel;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.route.RouteSource;

/** Several models that are open at the same time, and are closed together. */
public final class OpenModels implements AutoCloseable {

    private final List<NamedModel> models = new ArrayList<>();

    /**
     * Opens the models of some ports.
     *
     * @param progress asked, while weights are read, whether to stop
     */
    public static OpenModels of(List<LanguageModelPortObject> objects, Progress progress) throws CanceledJobException {
        OpenModels open = new OpenModels();
        try {
            for (LanguageModelPortObject object : objects) {
                open.models.add(new NamedModel(
                        object.getSpec().name(), object.openToAsk(progress), ancestors(object, objects)));
            }
            return open;
        } catch (CanceledJobException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** Names of those of the models that a model was trained from. */
    private static Set<String> ancestors(LanguageModelPortObject model, List<LanguageModelPortObject> models) {
        return model.getSpec().description() instanceof LocalModel local
                ? models.stream()
                        .filter(other -> local.trainedFrom().contains(other.digest()))
                        .map(other -> other.getSpec().name())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
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
    public List<NamedModel> models() {
        return List.copyOf(models);
    }

    /** The models as sources of routes, in the order of the ports. */
    public List<RouteSource> sources() {
        return models.stream()
                .map(named -> new RouteSource(named.name(), named.model()))
                .toList();
    }

    /** What the user is to be told of the answers of endpoints. */
    public List<String> warnings() {
        return models.stream()
                .flatMap(named -> warnings(named.model()).stream())
                .toList();
    }

    /** What the user is to be told of the answers, if they are an endpoint's. */
    public static List<String> warnings(TextGenerator model) {
        return model instanceof EndpointModel endpoint ? endpoint.warnings() : List.of();
    }

    @Override
    public void close() {
        models.forEach(named -> named.model().close());
    }
}
