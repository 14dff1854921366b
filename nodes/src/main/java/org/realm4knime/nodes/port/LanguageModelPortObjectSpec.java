package org.realm4knime.nodes.port;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** Describes the model at a Language Model port. */
public final class LanguageModelPortObjectSpec extends AbstractSimplePortObjectSpec {

    private static final String KIND = "kind";
    private static final String KIND_LOCAL = "local";
    private static final String KIND_ENDPOINT = "endpoint";
    private static final String NAME = "name";
    private static final String ARCHITECTURE = "architecture";
    private static final String PARAMETERS = "parameters";
    private static final String VOCABULARY = "vocabulary";
    private static final String FILES = "files";
    private static final String DIGEST = "digest";
    private static final String TRAINED_FROM = "trained from";

    /** What models that were saved by earlier versions were trained from. */
    private static final String[] NOBODY_KNOWS = {};

    private ModelDescription description;

    /** For the serializer, which fills the new object by {@link #load}. */
    public LanguageModelPortObjectSpec() {
        this(LocalModel.named(""));
    }

    /** Creates a spec. */
    public LanguageModelPortObjectSpec(ModelDescription description) {
        this.description = description;
    }

    /** What is known of the model. */
    public ModelDescription description() {
        return description;
    }

    /** Name of the model in tables and charts. */
    public String name() {
        return description.name();
    }

    /**
     * Checks that this is a model of the workflow, whose weights can be trained or written.
     *
     * @param port name of the input port, for the message
     * @throws InvalidSettingsException saying what to connect, if it is an endpoint
     */
    public void requireLocal(String port) throws InvalidSettingsException {
        if (!(description instanceof LocalModel)) {
            throw new InvalidSettingsException("The model '" + name() + "' at the port '" + port
                    + "' is an endpoint. Its weights are on a server, where they can be neither trained nor read."
                    + " Connect a model of a Language Model Reader or of a trainer here. An endpoint can answer: in"
                    + " the Multi-Route Rollout, as teacher of the Guided Distiller and the Problem Instructor, in the"
                    + " Reasoner and in the Benchmark Evaluator.");
        }
    }

    /** Spec of the model that a training node will make out of this one. */
    public LanguageModelPortObjectSpec trainedAs(String newName) {
        if (description instanceof LocalModel local) {
            return new LanguageModelPortObjectSpec(local.trainedAs(newName));
        }
        throw new IllegalStateException("Only a local model can be trained.");
    }

    @Override
    protected void save(ModelContentWO model) {
        if (description instanceof LocalModel local) {
            model.addString(KIND, KIND_LOCAL);
            model.addString(NAME, local.name());
            model.addString(ARCHITECTURE, local.architecture());
            model.addLong(PARAMETERS, local.parameterCount());
            model.addInt(VOCABULARY, local.vocabularySize());
            model.addString(FILES, local.files());
            model.addString(DIGEST, local.digest());
            model.addStringArray(TRAINED_FROM, local.trainedFrom().toArray(String[]::new));
        } else if (description instanceof EndpointDescription endpoint) {
            model.addString(KIND, KIND_ENDPOINT);
            model.addString(NAME, endpoint.name());
            endpoint.save(model);
        }
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        String kind = model.getString(KIND);
        if (KIND_ENDPOINT.equals(kind)) {
            description = EndpointDescription.load(model.getString(NAME), model);
            return;
        }
        if (!KIND_LOCAL.equals(kind)) {
            throw new InvalidSettingsException("This version knows no language model of the kind '" + kind
                    + "'. The workflow was saved by a newer version: update the extension.");
        }
        description = new LocalModel(
                model.getString(NAME),
                model.getString(ARCHITECTURE),
                model.getLong(PARAMETERS),
                model.getInt(VOCABULARY),
                model.getString(FILES),
                model.getString(DIGEST),
                List.of(model.getStringArray(TRAINED_FROM, NOBODY_KNOWS)));
    }

    /** Writes and reads specs; registered in plugin.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<LanguageModelPortObjectSpec> {}
}
